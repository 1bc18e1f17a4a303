using OpenEntropy.Noise;

namespace OpenEntropy.Conditioning;

/// <summary>
/// Which sources count as one contributor to a block: those that share one credit (<see cref="NoiseSourceInfo.SharesCredit"/>). Every other source is
/// a contributor of its own.
/// </summary>
internal sealed class Contributors
{
    private readonly int[] _of;

    private Contributors(int[] of) => (_of, Count) = (of, of.Length == 0 ? 0 : of.Max() + 1);

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Sources that share as they say.</summary>
    /// <param name="groups">The group of each; null for none.</param>
    public static Contributors Of(IReadOnlyList<string?> groups)
    {
        var (of, next) = (new int[groups.Count], 0);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < of.Length; i++)
        {
            if (groups[i] is { } group && known.TryGetValue(group, out var contributor))
            {
                of[i] = contributor;
                continue;
            }

            of[i] = next++;
            if (groups[i] is { } name)
                known[name] = of[i];
        }

        return new Contributors(of);
    }

    /// <summary>Sources of which none shares.</summary>
    /// <param name="sources">How many.</param>
    public static Contributors Each(int sources) => new([.. Enumerable.Range(0, sources)]);

    /// <summary>The contributor that a source is or belongs to.</summary>
    /// <param name="source">The source's index.</param>
    public int Of(int source) => _of[source];

    /// <summary>The sources of each contributor.</summary>
    public int[][] Members() =>
        [.. Enumerable.Range(0, Count).Select(k => Enumerable.Range(0, _of.Length).Where(i => _of[i] == k).ToArray())];
}
