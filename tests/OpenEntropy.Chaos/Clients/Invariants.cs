using System.Collections.Concurrent;
using System.Globalization;
using OpenEntropy.Chaos.Duplicates;

namespace OpenEntropy.Chaos.Clients;

/// <summary>What the clients saw, and what of it should not have been.</summary>
/// <param name="shelf">Keeps the blocks.</param>
internal sealed class Invariants(BlockShelf shelf)
{
    private const int MostTold = 20;

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _broken = new();
    private readonly ConcurrentDictionary<string, bool> _bundles = new(StringComparer.Ordinal);

    /// <summary>All blocks that were given.</summary>
    public BlockShelf Shelf => shelf;

    /// <summary>The bundles whose making was answered with 201.</summary>
    public ICollection<string> Bundles => _bundles.Keys;

    /// <summary>Whether everything held so far.</summary>
    public bool Hold => _broken.IsEmpty;

    /// <summary>What did not hold.</summary>
    public IEnumerable<string> Broken => _broken;

    /// <summary>Counts what happened.</summary>
    /// <param name="what">In a few words.</param>
    public void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>Notes that a rule is broken.</summary>
    /// <param name="what">In a sentence.</param>
    public void Break(string what)
    {
        if (_broken.Count < MostTold)
            _broken.Enqueue(what);
    }

    /// <summary>Notes a bundle that was answered.</summary>
    /// <param name="id">The bundle.</param>
    public void AddBundle(string id)
    {
        if (!_bundles.TryAdd(id, value: true))
            Break($"two bundles have the id {id}");
    }

    /// <summary>What happened since it was asked last.</summary>
    public string TakeCounts()
    {
        var counts = _counts.OrderBy(each => each.Key, StringComparer.Ordinal).ToList();
        _counts.Clear();
        return string.Join(", ", counts.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key}: {each.Value}")));
    }
}
