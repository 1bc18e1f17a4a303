using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Ledger;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>The ledger in <c>keys/</c> below the storage directory: opened when it is first needed, and again after an entry that could not be taken back.</summary>
/// <param name="storage">The storage directory.</param>
/// <param name="files">Keep other processes out.</param>
/// <param name="note">Says what must be there.</param>
/// <param name="identity">Knows who signed here.</param>
/// <param name="logger">The log.</param>
internal sealed partial class LedgerKeeper(
    string storage,
    IdentityFiles files,
    LedgerNote note,
    BundleKeeper identity,
    ILogger<LedgerKeeper> logger
)
{
    /// <summary>The folder.</summary>
    public const string Folder = "keys";

    private readonly Lock _lock = new();
    private volatile BundleLedger? _ledger;

    /// <summary>Is told of each step of an entry; for tests, which wait or fail there.</summary>
    public Action<LedgerStep>? AfterStep { get; set; }

    /// <summary>What was entered, for who reads: also while an entry waits for the device, or could not be taken back. It waits until the ledger was opened once.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public BundleLedger Look() => _ledger ?? Open();

    /// <summary>The ledger, for who is to make an entry. It waits for the device where it has to be opened. The identity was opened before, where there is one.</summary>
    /// <exception cref="LedgerException">It was altered, or is not the one that was there before.</exception>
    /// <exception cref="IdentityException">Another process uses the storage directory.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public BundleLedger Open()
    {
        if (_ledger is { IsUnsettled: false } open)
        {
            return open;
        }

        lock (_lock)
        {
            return _ledger is { IsUnsettled: false } opened ? opened : _ledger = Open_NeedsLock();
        }
    }

    /// <summary>Makes an entry, and remembers that it must be there from now on.</summary>
    /// <param name="id">The bundle.</param>
    /// <param name="content">Its file.</param>
    /// <param name="most">Entries that there may be.</param>
    /// <returns>The entry; null, and nothing was made, where there are as many as there may be.</returns>
    /// <inheritdoc cref="Open" path="/exception"/>
    public LedgerEntry? Append(string id, ReadOnlySpan<byte> content, int most)
    {
        if (Open().Append(id, content, most) is not { } entry)
        {
            return null;
        }

        TryNote(entry);
        return entry;
    }

    /// <summary>Says what went wrong to the log, and to the caller as much as is his.</summary>
    /// <param name="exception">One of those that <see cref="Open"/> throws.</param>
    public string Tell(Exception exception)
    {
        var why = exception is LedgerException { InnerException: { } inner } ? $"{exception.Message}: {inner.Message}" : exception.Message;
        LogUnusable(logger, why, storage);
        return exception is LedgerException or IdentityException
            ? $"the ledger of bundles cannot be used: {exception.Message}"
            : "the ledger of bundles cannot be read or written; the log says why";
    }

    /// <summary>Says to the log that one file cannot be read.</summary>
    /// <param name="id">The bundle.</param>
    /// <param name="exception">Why.</param>
    public void TellUnread(string id, Exception exception) => LogUnread(logger, id, exception.Message);

    /// <summary>Whether an exception is one of those that say that the ledger cannot be used.</summary>
    /// <param name="exception">An exception.</param>
    public static bool IsProblem(Exception exception) =>
        exception is LedgerException or IdentityException or IOException or UnauthorizedAccessException;

    private BundleLedger Open_NeedsLock()
    {
        if (note.Noted is null)
        {
            files.Prepare();
            note.Read();
        }

        StorageDirectory.Check(storage);
        var folder = new LedgerFolder(Path.Combine(storage, Folder), DirectoryFlush.Wait, step => AfterStep?.Invoke(step));
        var ledger = BundleLedger.Open(folder, IsOurs, Check, _ledger?.LeftBehind);
        foreach (var finding in ledger.Findings)
        {
            LogFinding(logger, finding);
        }

        if (ledger.Page(long.MaxValue, 1) is [var last])
        {
            if (note.Noted is null)
            {
                LogNotNoted(logger, ledger.Count, LedgerNote.Name);
            }

            TryNote(last);
        }

        return ledger;
    }

    // A new ledger in place of one that is on a mount that is gone, say, would begin the chain anew.
    private void Check(IReadOnlyList<LedgerEntry> entries)
    {
        if (note.Noted?.WhyNot(entries) is { } why)
        {
            throw new LedgerException($"the ledger in {Folder} is not the one that was there: {why}");
        }
    }

    private void TryNote(LedgerEntry last)
    {
        try
        {
            note.Advance(last);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The entry stands all the same; a note that is behind its ledger only sees less.
            LogNoteBehind(logger, LedgerNote.Name, last.Sequence, exception.Message);
        }
    }

    private bool IsOurs(string id, ReadOnlyMemory<byte> file)
    {
        try
        {
            var verification = BundleVerifier.Verify(StoredBundle.WithoutSecrets(file));
            return verification is { IsValid: true, Signer: { } signer }
                && verification.Id == id
                && identity.Open?.History.Any(known => known.Keys.IsSame(signer)) == true;
        }
        catch (BundleFormatException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The ledger of bundles: {Finding}", EventName = "ledger_finding")]
    private static partial void LogFinding(ILogger logger, string finding);

    [LoggerMessage(
        LogLevel.Warning,
        "The ledger of bundles: its {Count} entries are taken as all, as there is no identity/{Note}",
        EventName = "ledger_note_missing"
    )]
    private static partial void LogNotNoted(ILogger logger, int count, string note);

    [LoggerMessage(
        LogLevel.Error,
        "The ledger of bundles: identity/{Note} cannot be written and is behind entry {Sequence}: {Problem}",
        EventName = "ledger_note_behind"
    )]
    private static partial void LogNoteBehind(ILogger logger, string note, long sequence, string problem);

    [LoggerMessage(LogLevel.Warning, "The ledger of bundles: the file of {Id} cannot be read: {Problem}", EventName = "ledger_file_unread")]
    private static partial void LogUnread(ILogger logger, string id, string problem);

    [LoggerMessage(LogLevel.Error, "The ledger of bundles cannot be used: {Problem} ({Directory})", EventName = "ledger_unusable")]
    private static partial void LogUnusable(ILogger logger, string problem, string directory);
}
