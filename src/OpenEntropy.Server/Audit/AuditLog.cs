using OpenEntropy.Server.Receipts;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Audit;

/// <summary>
/// The log while the service runs: acts are entered one after the other, each on the device before it takes effect; what is only counted is entered once a
/// minute. What must not be lost and cannot be written (what came of an act, a start) waits, and is written before anything else once it can be.
/// </summary>
/// <param name="writer">The log on disk.</param>
/// <param name="options">Bound it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log for operators.</param>
internal sealed class AuditLog(AuditWriter writer, AuditOptions options, TimeProvider time, ILogger<AuditLog> logger)
    : IAuditLog,
        IDisposable
{
    /// <summary>Entries that wait at most; what comes beyond is counted, and entered as lost.</summary>
    public const int MostOwed = 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    // Waited for without a thread: a device may take long.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly AuditBoard _board = new(writer, time, logger);
    private readonly List<AuditEntry> _owed = [];
    private readonly AuditSums _sums = new(options.LinesPerMinute);
    private DateTimeOffset _since = time.GetUtcNow();
    private long _lost;
    private AuditHead? _signed;

    /// <inheritdoc/>
    public AuditState State => _board.State;

    /// <inheritdoc/>
    public AuditCounts Output { get; } = new(options.LinesPerMinute);

    /// <inheritdoc/>
    public async ValueTask<BegunAct> BeginAsync(AuditAct act, Caller? caller, string? subject, CancellationToken gone)
    {
        var entry = AuditEntry.Of(AuditParty.Of(caller), act, AuditOutcome.Begun) with
        {
            Subject = subject is null ? null : AuditText.Clean(subject),
        };
        await _turn.WaitAsync(gone);
        try
        {
            // Not on the request's thread: it waits for the device.
            return await Task.Run(() => TryWrite_NeedsTurn([entry]), CancellationToken.None) is { } number
                ? new BegunAct(this, entry with { Begun = number })
                : throw new AuditUnavailableException($"nothing was done, as the audit log cannot be written: {State.Problem}");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask TellAsync(AuditAct act, string? subject) =>
        EndAsync(
            AuditEntry.Of(AuditParty.Service, act, AuditOutcome.Done) with
            {
                Subject = subject is null ? null : AuditText.Clean(subject),
            }
        );

    /// <inheritdoc/>
    public void Count(AuditAct act, Caller caller, AuditOutcome outcome, int status) =>
        Output.Add(new AuditCountKey(caller, act, AuditQuality.None, outcome, status), new AuditSum(1, 0));

    /// <summary>Enters what came of an act, now or as soon as it can be written.</summary>
    /// <param name="entry">The entry.</param>
    public ValueTask EndAsync(AuditEntry entry) => new(EnterAsync(entry, andSums: false));

    /// <summary>Enters what was counted, and what waits.</summary>
    /// <param name="entry">Is entered after it, now or as soon as it can be written; null for none.</param>
    public Task EnterAllAsync(AuditEntry? entry = null) => EnterAsync(entry, andSums: true);

    /// <summary>Enters a signed checkpoint, where there is anything new to sign.</summary>
    /// <param name="key">Signs.</param>
    /// <returns>False where it could not be written: nothing of it waits, and it is to be tried again.</returns>
    public async Task<bool> TryEnterCheckpointAsync(SigningKey key)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (writer.Head == _signed)
            {
                return true;
            }

            var written = await Task.Run(
                () => TryWrite_NeedsTurn([AuditSigner.Entry(key)], line => AuditSigner.Sign(key, line)),
                CancellationToken.None
            );
            _signed = written is null ? _signed : writer.Head;
            return written is not null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets other processes in. What comes later is refused, or is lost.</summary>
    public void Dispose()
    {
        // It is not disposed of: who comes later must find it, and nothing of it is the system's.
        if (_turn.Wait(s_patience))
        {
            writer.Dispose();
            _turn.Release();
        }

        // Otherwise the device does not answer, and the process ends without it, which closes the files.
    }

    private async Task EnterAsync(AuditEntry? entry, bool andSums)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            await Task.Run(() => Enter_NeedsTurn(entry, andSums), CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Enter_NeedsTurn(AuditEntry? entry, bool andSums)
    {
        var now = time.GetUtcNow();
        List<AuditEntry> entries = [];
        if (andSums)
        {
            Output.Take(_sums);
            entries.AddRange(_sums.Entries(_since));
        }

        if (entry is not null)
        {
            entries.Add(entry);
        }

        if (TryWrite_NeedsTurn(entries) is null)
        {
            Owe_NeedsTurn(entry);
        }
        else if (andSums)
        {
            _sums.Clear(); // those that could not be written go on, and their time with them
            _since = now;
        }
    }

    private void Owe_NeedsTurn(AuditEntry? entry)
    {
        if (entry is not null && _owed.Count < MostOwed)
        {
            _owed.Add(entry);
        }
        else if (entry is not null)
        {
            _lost++;
        }
    }

    /// <summary>Writes what waits and then these.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="sign">Signs the last of them; null: none is signed.</param>
    /// <returns>The number of the first of these; null where nothing could be written.</returns>
    private long? TryWrite_NeedsTurn(List<AuditEntry> entries, Func<byte[], string>? sign = null)
    {
        try
        {
            List<AuditEntry> all = [.. _owed, .. Gap(), .. entries];
            writer.Open();
            var first = all.Count > 0 ? writer.Append(all, sign) : 0;
            _owed.Clear();
            _lost = 0;
            _board.Succeed();
            return first + all.Count - entries.Count;
        }
        catch (Exception exception) when (exception is AuditException or IOException or UnauthorizedAccessException)
        {
            _board.Fail(exception);
            return null;
        }
    }

    // Says since when nothing could be written, and so is tried again also where nothing else is to be.
    private IEnumerable<AuditEntry> Gap() =>
        _board.FailingSince is { } since
            ? [AuditEntry.Of(AuditParty.Service, AuditAct.LogGap, AuditOutcome.Done) with { Since = since, Count = _lost }]
            : [];
}
