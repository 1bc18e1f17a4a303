using System.Collections.Concurrent;

namespace OpenEntropy.Pqc.Ledger;

/// <summary>
/// The entries in their order, from which none is ever taken: one thread at a time adds, and the others read meanwhile what was added before, without
/// waiting for it.
/// </summary>
internal sealed class LedgerEntries
{
    private readonly ConcurrentDictionary<string, LedgerEntry> _byId;
    private volatile LedgerEntry[] _entries;
    private volatile int _count;

    /// <summary>With those that are there already.</summary>
    /// <param name="entries">In their order.</param>
    public LedgerEntries(IReadOnlyCollection<LedgerEntry> entries)
    {
        _entries = [.. entries];
        _count = entries.Count;
        _byId = new ConcurrentDictionary<string, LedgerEntry>(
            entries.Select(entry => KeyValuePair.Create(entry.Id, entry)),
            StringComparer.Ordinal
        );
    }

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>All of them, the first in front.</summary>
    public ArraySegment<LedgerEntry> All
    {
        get
        {
            var count = _count; // first: the array that is seen then has as many at least
            return new ArraySegment<LedgerEntry>(_entries, 0, count);
        }
    }

    /// <summary>The entry of a bundle; null where there is none.</summary>
    /// <param name="id">The bundle.</param>
    public LedgerEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Adds an entry. Not for several threads at once.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(LedgerEntry entry)
    {
        var entries = _entries;
        if (_count == entries.Length)
        {
            Array.Resize(ref entries, Math.Max(16, 2 * entries.Length));
            _entries = entries;
        }

        entries[_count] = entry;
        _byId[entry.Id] = entry;
        _count++; // last: who sees the number finds the entry
    }
}
