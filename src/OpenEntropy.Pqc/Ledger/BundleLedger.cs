using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Pqc.Ledger;

/// <summary>
/// The bundles that were made, one file each, in a chain of hashes: no line or file can be altered, taken out or put in without a trace, except that
/// lines at the end can be cut with their files. One process writes; several threads may call, and who reads waits for no entry that is being made.
/// </summary>
internal sealed class BundleLedger
{
    private readonly Lock _lock = new();
    private readonly LedgerFolder _folder;
    private readonly LedgerEntries _entries;
    private readonly LedgerFindings _findings = new();
    private long _indexLength;
    private volatile bool _unsettled;
    private volatile string? _leftBehind;

    private BundleLedger(LedgerFolder folder, List<LedgerEntry> entries, long indexLength) =>
        (_folder, _entries, _indexLength) = (folder, new LedgerEntries(entries), indexLength);

    /// <summary>What was repaired when it was opened, and what cannot be: a sentence each, of a bounded number.</summary>
    public IReadOnlyList<string> Findings => _findings.Sentences;

    /// <summary>Entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether no entry can be made before it is opened again. What was entered can be read all the same.</summary>
    public bool IsUnsettled => _unsettled;

    /// <summary>The bundle whose entry failed and could not be taken back; null where there is none.</summary>
    public string? LeftBehind => _leftBehind;

    /// <summary>Opens the ledger and repairs what an end of the process in the middle of an entry left.</summary>
    /// <param name="folder">Its files.</param>
    /// <param name="isOurs">Whether a file without a line is a bundle that was signed here, so that it gets its line.</param>
    /// <param name="check">Throws where the entries are not those that must be there; before anything is made or repaired.</param>
    /// <param name="leftBehind">A bundle that was told not to have been made: what is left of it is removed, not entered. Null where there is none.</param>
    /// <exception cref="LedgerException">The index was altered, or others than its owner can get at the folder.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static BundleLedger Open(
        LedgerFolder folder,
        Func<string, ReadOnlyMemory<byte>, bool> isOurs,
        Action<IReadOnlyList<LedgerEntry>>? check = null,
        string? leftBehind = null
    )
    {
        var index = folder.ReadIndex();
        var entries = LedgerIndex.Read(index, out var whole, leftBehind);
        check?.Invoke(entries);
        folder.Prepare();
        var ledger = new BundleLedger(folder, entries, whole);
        if (leftBehind is not null)
        {
            folder.TakeBack(leftBehind, whole);
            ledger._findings.Add($"took back {leftBehind}, which had failed");
        }

        ledger.Repair(folder.IndexLength(), isOurs);
        return ledger;
    }

    /// <summary>The entry of a bundle; null where there is none.</summary>
    /// <param name="id">The bundle.</param>
    public LedgerEntry? Find(string id) => _entries.Find(id);

    /// <summary>Entries, the latest first.</summary>
    /// <param name="before">Only those of a lower sequence number.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<LedgerEntry> Page(long before, int limit)
    {
        var entries = _entries.All;
        var end = (int)Math.Clamp(before - 1, 0, entries.Count);
        return [.. entries.Slice(Math.Max(0, end - limit), Math.Min(limit, end)).Reverse()];
    }

    /// <summary>The file of an entry; null where it is gone or is not the one that was written.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public byte[]? Read(LedgerEntry entry) => _folder.Read(entry.Id) is { } file && Hash(file) == entry.FileSha256 ? file : null;

    /// <summary>Makes an entry, whole and on the device, or none.</summary>
    /// <param name="id">The bundle.</param>
    /// <param name="content">Its file.</param>
    /// <param name="most">Entries that there may be.</param>
    /// <returns>The entry; null, and nothing was made, where there are as many as there may be.</returns>
    /// <exception cref="LedgerException">There is one of this id, or this or an earlier entry could not be taken back (<see cref="LeftBehind"/>).</exception>
    /// <exception cref="IOException">The system refuses; there is no entry.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses; there is no entry.</exception>
    public LedgerEntry? Append(string id, ReadOnlySpan<byte> content, int most = int.MaxValue)
    {
        if (!LedgerEntry.IsId(id))
            throw new ArgumentException($"An id has {LedgerEntry.IdLength} lower-case hexadecimal digits.", nameof(id));
        lock (_lock)
        {
            Check_NeedsLock(id);
            if (_entries.Count >= most)
                return null;
            try
            {
                _folder.Write(id, content);
                return AddLine_NeedsLock(id, Hash(content));
            }
            catch (Exception exception)
            {
                TakeBack_NeedsLock(id, exception);
                throw;
            }
        }
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private void Check_NeedsLock(string id)
    {
        if (_unsettled)
            throw new LedgerException("an earlier entry could not be completed or taken back: the ledger must be opened again");
        if (_folder.IndexLength() != _indexLength)
        {
            // Another folder has come into its place, as where a mount is gone: its chain is not ours to go on with.
            _unsettled = true;
            throw new LedgerException("the index is not the one that was there before");
        }

        if (_entries.Find(id) is not null || _folder.Exists(id))
            throw new LedgerException($"there is an entry {id} already");
    }

    private LedgerEntry AddLine_NeedsLock(string id, string hash)
    {
        var previous = _entries.All is [.., var last] ? last.LineSha256 : LedgerEntry.NoPrevious;
        var entry = new LedgerEntry(_entries.Count + 1, id, hash, previous);
        _folder.AppendLine(entry.Line);
        _indexLength += Encoding.ASCII.GetByteCount(entry.Line);
        _entries.Add(entry);
        return entry;
    }

    private void TakeBack_NeedsLock(string id, Exception why)
    {
        try
        {
            _folder.TakeBack(id, _indexLength);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (_leftBehind, _unsettled) = (id, true); // opening it again takes it back
            throw new LedgerException(
                "an entry could be neither completed nor taken back; that is made up for once the ledger can be written again, but if the service is restarted first, the entry may stand, and its secret keys are nobody's",
                why
            );
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
        foreach (var id in files.Where(id => _entries.Find(id) is null))
            Adopt(id, isOurs);
        foreach (var entry in _entries.All.ExceptBy(files, entry => entry.Id, StringComparer.Ordinal))
            _findings.Add($"the file of {entry.Id}, line {entry.Sequence} of the index, is gone");
    }

    private void Adopt(string id, Func<string, ReadOnlyMemory<byte>, bool> isOurs)
    {
        byte[]? file;
        try
        {
            file = _folder.Read(id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // One file is no reason to do without all others. Its message has a path in it, which is nobody's who reads the list.
            _findings.Add($"{id}.json has no line in the index, cannot be read ({exception.GetType().Name}) and is left out");
            return;
        }

        if (file is not null && isOurs(id, file))
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
