using System.Collections.Concurrent;

namespace OpenEntropy.Server.Health;

/// <summary>Where parts of the service say what weakens its promises, beside the pool's own account.</summary>
internal sealed class DeviationBoard
{
    private readonly ConcurrentDictionary<string, string> _sentences = new(StringComparer.Ordinal);

    /// <summary>A sentence each, in a fixed order.</summary>
    public IReadOnlyList<string> All =>
        _sentences.IsEmpty ? [] : [.. _sentences.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Value)];

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
