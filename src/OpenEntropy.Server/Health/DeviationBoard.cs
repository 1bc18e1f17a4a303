using System.Collections.Concurrent;

namespace OpenEntropy.Server.Health;

/// <summary>Where parts of the service say what weakens its promises, beside the pool's own account.</summary>
internal sealed class DeviationBoard
{
    private readonly ConcurrentDictionary<string, string> _sentences = new(StringComparer.Ordinal);

    private Func<IReadOnlyList<string>>[] _asked = [];

    /// <summary>A sentence each, in a fixed order.</summary>
    public IReadOnlyList<string> All =>
        [.. _sentences.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Value), .. _asked.SelectMany(each => each())];

    /// <summary>Asks a part, each time, for what it has to say. For the start, by one thread.</summary>
    /// <param name="sentences">Says it.</param>
    public void Ask(Func<IReadOnlyList<string>> sentences) => _asked = [.. _asked, sentences];

    /// <summary>Says something, or takes it back.</summary>
    /// <param name="about">What it is about: one sentence for each.</param>
    /// <param name="sentence">The sentence; null: there is nothing to say any more.</param>
    public void Set(string about, string? sentence)
    {
        if (sentence is null)
        {
            _sentences.TryRemove(about, out _);
        }
        else
        {
            _sentences[about] = sentence;
        }
    }
}
