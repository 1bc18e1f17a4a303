using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Options;

/// <summary>The noise sources that this program knows, none opened.</summary>
internal static class Catalog
{
    private static readonly Lazy<IReadOnlyList<NoiseSourceInfo>> s_sources = new(() => [.. Create().Select(source => source.Info)]);

    /// <summary>What is fixed about each, in catalog order.</summary>
    public static IReadOnlyList<NoiseSourceInfo> Sources => s_sources.Value;

    /// <summary>One instance of each, for one's own use; what they keep on disk is where a pool keeps it.</summary>
    public static IReadOnlyList<NoiseSource> Create() =>
        NoiseSourceCatalog.Create(new NoiseContext(new StorageOptions().Directory, new Dictionary<string, string>(StringComparer.Ordinal)));

    /// <summary>Why a selection cannot be used, in one clause with near names; null where it can.</summary>
    /// <param name="selection">Names, categories, globs, <c>fast</c>, <c>slow</c>, <c>all</c>, separated by commas.</param>
    public static string? Refusal(string selection) => SourceSelection.Select(selection, Sources, out _);

    /// <summary>Why a name is not that of one source, in one clause with near names; null where it is.</summary>
    /// <param name="name">The name.</param>
    public static string? RefusalOfOne(string name)
    {
        if (Sources.Any(source => source.Name == name))
            return null;
        var near = SourceSelection.NearNames(name, Sources);
        return near.Count == 0 ? "no noise source has that name" : $"no noise source has that name; near names: {string.Join(", ", near)}";
    }
}
