namespace OpenEntropy.Server.Audit;

/// <summary>Tells how the log fares: its state to whoever asks, its changes to operators. Not for several threads at once, but for <see cref="State"/>.</summary>
/// <param name="writer">The log on disk.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log for operators.</param>
internal sealed partial class AuditBoard(AuditWriter writer, TimeProvider time, ILogger<AuditLog> logger)
{
    private AuditFound? _told;
    private volatile AuditState _state = new(IsEnabled: true, AuditHead.None, Time: null, Entries: 0, Failures: 0, Problem: null, []);

    /// <summary>How it fares.</summary>
    public AuditState State => _state;

    /// <summary>Since when nothing can be written; null while it can.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>Entries were written, or nothing was to be.</summary>
    public void Succeed()
    {
        if (FailingSince is not null)
        {
            LogRecovered(logger, writer.Head.Sequence);
            FailingSince = null;
        }

        Change(problem: null, _state.Failures);
    }

    /// <summary>Entries could not be written.</summary>
    /// <param name="problem">Why.</param>
    public void Fail(Exception problem)
    {
        var sentence = Sentence(problem);
        if (sentence != _state.Problem)
        {
            LogFailed(logger, problem.Message);
        }

        FailingSince ??= time.GetUtcNow();
        Change(sentence, _state.Failures + 1);
    }

    private void Change(string? problem, long failures)
    {
        if (writer.Found is { } found && !ReferenceEquals(found, _told))
        {
            TellFound(_told = found);
        }

        _state = new AuditState(
            IsEnabled: true,
            writer.Head,
            writer.LastTime,
            writer.Written,
            failures,
            problem,
            [
                .. problem is null ? [] : (string[])[$"the audit log cannot be written, and privileged acts are refused: {problem}"],
                .. writer.FindDamaged(),
                .. writer.KeptProblem is null ? [] : (string[])["the oldest files of the audit log cannot be deleted"],
            ]
        );
    }

    // What the system says may name a path of the machine, which is for the log alone.
    private static string Sentence(Exception problem) =>
        problem is AuditException ? problem.Message
        : AuditDisk.IsFull(problem) ? "no space is left on its device"
        : "its files cannot be written; the log of the service says why";

    private void TellFound(AuditFound found)
    {
        if (found.Torn > 0)
        {
            LogTorn(logger, found.TornFile!, found.Torn);
        }

        if (found.DamagedFile is { } damaged)
        {
            LogDamaged(logger, damaged, found.Damage!);
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "The audit log cannot be written, and privileged acts are refused: {Problem}",
        EventName = "audit_failed"
    )]
    private static partial void LogFailed(ILogger logger, string problem);

    [LoggerMessage(LogLevel.Information, "The audit log is written again, at entry {Sequence}", EventName = "audit_recovered")]
    private static partial void LogRecovered(ILogger logger, long sequence);

    [LoggerMessage(
        LogLevel.Warning,
        "The audit log: {File} ended in {Bytes} bytes of a line that was not written to its end; they were cut off",
        EventName = "audit_torn"
    )]
    private static partial void LogTorn(ILogger logger, string file, long bytes);

    [LoggerMessage(
        LogLevel.Error,
        "The audit log is damaged in {File}, which is left as it is; it goes on in a new file: {Problem}",
        EventName = "audit_damaged"
    )]
    private static partial void LogDamaged(ILogger logger, string file, string problem);
}
