namespace OpenEntropy.Server.Audit;

/// <summary>An act that was entered as begun. Disposed of without an end it is entered as failed.</summary>
/// <param name="log">The log; null where there is none.</param>
/// <param name="begun">What was entered.</param>
internal sealed class BegunAct(AuditLog? log, AuditEntry begun) : IAsyncDisposable
{
    private bool _ended;

    /// <summary>An act that nobody keeps a log of.</summary>
    public static BegunAct Untold => new(log: null, AuditEntry.Of(AuditParty.Service, AuditAct.LogGap, AuditOutcome.Begun));

    /// <summary>
    /// Enters what came of it, before it is answered. Where that cannot be written it is written once it can: the act stands, and has its entry.
    /// </summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="status">The HTTP status; null for none.</param>
    /// <param name="subject">What it was done to, where that was not known before; null: as it was.</param>
    /// <param name="quality">Which output was drawn.</param>
    /// <param name="bytes">How many random bytes were; null for none.</param>
    public ValueTask EndAsync(
        AuditOutcome outcome,
        int? status = null,
        string? subject = null,
        AuditQuality quality = AuditQuality.None,
        long? bytes = null
    )
    {
        if (log is null || _ended)
        {
            return ValueTask.CompletedTask;
        }

        _ended = true;
        var entry = begun with
        {
            Outcome = Health.StateNames<AuditOutcome>.Of(outcome),
            Status = status,
            Subject = subject is null ? begun.Subject : AuditText.Clean(subject),
            Quality = quality.Name(),
            Bytes = bytes,
        };
        return log.EndAsync(entry);
    }

    /// <summary>Enters that it failed, where nothing was said of it.</summary>
    public ValueTask DisposeAsync() => EndAsync(AuditOutcome.Failed);
}
