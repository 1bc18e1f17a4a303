using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Pqc.Ledger;

/// <summary>
/// The bundles that were made, one file each, in a chain of hashes: no line or file can be altered, taken out or put in without a trace, except that
/// lines at the end can be cut with their files. One process writes; several threads may call.
/// </summary>
internal sealed class BundleLedger
{
    private readonly Lock _lock = new();
    private readonly LedgerFolder _folder;
    private readonly List<LedgerEntry> _entries;
    private readonly Dictionary<string, LedgerEntry> _byId;
    private readonly LedgerFindings _findings = new();
    private long _indexLength;
    private bool _unsettled;

    private BundleLedger(LedgerFolder folder, List<LedgerEntry> entries, long indexLength)
    {
        (_folder, _entries, _indexLength) = (folder, entries, indexLength);
        _byId = entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
    }

    /// <summary>What was repaired when it was opened, and what cannot be: a sentence each, of a bounded number.</summary>
    public IReadOnlyList<string> Findings => _findings.Sentences;

    /// <summary>Entries.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>Whether an entry failed and could not be taken back: it must be opened again.</summary>
    public bool IsUnsettled => Volatile.Read(ref _unsettled);

    /// <summary>Opens the ledger and repairs what an end of the process in the middle of an entry left.</summary>
    /// <param name="folder">Its files.</param>
    /// <param name="isOurs">Whether a file without a line is a bundle that was signed here, so that it gets its line.</param>
    /// <param name="check">Throws where the entries are not those that must be there; before anything is made or repaired.</param>
    /// <exception cref="LedgerException">The index was altered, or others than its owner can get at the folder.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static BundleLedger Open(
        LedgerFolder folder,
        Func<string, ReadOnlyMemory<byte>, bool> isOurs,
        Action<IReadOnlyList<LedgerEntry>>? check = null
    )
    {
        var index = folder.ReadIndex();
        var entries = LedgerIndex.Read(index, out var whole);
        check?.Invoke(entries);
        folder.Prepare();
        var ledger = new BundleLedger(folder, entries, whole);
        ledger.Repair(index.Length, isOurs);
        return ledger;
    }

    /// <summary>The entry of a bundle; null where there is none.</summary>
    /// <param name="id">The bundle.</param>
    public LedgerEntry? Find(string id)
    {
        lock (_lock)
            return _byId.GetValueOrDefault(id);
    }

    /// <summary>Entries, the latest first.</summary>
    /// <param name="before">Only those of a lower sequence number.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<LedgerEntry> Page(long before, int limit)
    {
        lock (_lock)
        {
            var end = (int)Math.Clamp(before - 1, 0, _entries.Count);
            var page = _entries.GetRange(Math.Max(0, end - limit), Math.Min(limit, end));
            page.Reverse();
            return page;
        }
    }

    /// <summary>The file of an entry; null where it is gone or is not the one that was written.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    /// <exception cref="LedgerException">It is longer than any that is written.</exception>
    public byte[]? Read(LedgerEntry entry) => _folder.Read(entry.Id) is { } file && Hash(file) == entry.FileSha256 ? file : null;

    /// <summary>Makes an entry, whole and on the device, or none.</summary>
    /// <param name="id">The bundle.</param>
    /// <param name="content">Its file.</param>
    /// <exception cref="LedgerException">There is one of this id, or an earlier entry could not be taken back.</exception>
    /// <exception cref="IOException">The system refuses; there is no entry.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses; there is no entry.</exception>
    public LedgerEntry Append(string id, ReadOnlySpan<byte> content)
    {
        if (!LedgerEntry.IsId(id))
            throw new ArgumentException($"An id has {LedgerEntry.IdLength} lower-case hexadecimal digits.", nameof(id));
        lock (_lock)
        {
            if (_unsettled)
                throw new LedgerException("an earlier entry could not be completed or taken back: the ledger must be opened again");
            if (_folder.IndexLength() != _indexLength)
            {
                // Another folder has come into its place, as where a mount is gone: its chain is not ours to go on with.
                _unsettled = true;
                throw new LedgerException("the index is not the one that was there before");
            }

            if (_byId.ContainsKey(id) || _folder.Read(id) is not null)
                throw new LedgerException($"there is an entry {id} already");
            try
            {
                _folder.Write(id, content);
                return AddLine_NeedsLock(id, Hash(content));
            }
            catch
            {
                TakeBack_NeedsLock(id);
                throw;
            }
        }
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private LedgerEntry AddLine_NeedsLock(string id, string hash)
    {
        var previous = _entries.Count == 0 ? LedgerEntry.NoPrevious : _entries[^1].LineSha256;
        var entry = new LedgerEntry(_entries.Count + 1, id, hash, previous);
        _folder.AppendLine(entry.Line);
        _indexLength += Encoding.ASCII.GetByteCount(entry.Line);
        _entries.Add(entry);
        _byId.Add(id, entry);
        return entry;
    }

    private void TakeBack_NeedsLock(string id)
    {
        try
        {
            _folder.TakeBack(id, _indexLength);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _unsettled = true; // why the entry failed says more; opening it again repairs
        }
    }

    private void Repair(long indexLength, Func<string, ReadOnlyMemory<byte>, bool> isOurs)
    {
        if (_folder.RemoveUnfinished() is > 0 and var unfinished)
            _findings.Add($"removed {unfinished} files that were being written when the process ended");
        if (indexLength > _indexLength)
        {
            _folder.CutIndex(_indexLength);
            _findings.Add($"cut line {_entries.Count + 1} of the index, which was being written when the process ended");
        }

        var files = _folder.Ids();
        foreach (var id in files.Where(id => !_byId.ContainsKey(id)))
            Adopt(id, isOurs);
        foreach (var entry in _entries.ExceptBy(files, entry => entry.Id, StringComparer.Ordinal))
            _findings.Add($"the file of {entry.Id}, line {entry.Sequence} of the index, is gone");
    }

    private void Adopt(string id, Func<string, ReadOnlyMemory<byte>, bool> isOurs)
    {
        if (_folder.Read(id) is { } file && isOurs(id, file))
        {
            var entry = AddLine_NeedsLock(id, Hash(file));
            _findings.Add($"added {id} as line {entry.Sequence} of the index: the process ended between its file and its line");
        }
        else
        {
            _findings.Add($"{id}.json is no bundle that was signed here and is left out");
        }
    }
}
