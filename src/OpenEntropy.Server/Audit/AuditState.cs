namespace OpenEntropy.Server.Audit;

/// <summary>What the log says of itself.</summary>
/// <param name="IsEnabled">Whether there is one.</param>
/// <param name="Head">Where the chain stands.</param>
/// <param name="Time">When its last entry was made; null where this process made none yet.</param>
/// <param name="Entries">Entries written since the start.</param>
/// <param name="Failures">Times since the start that entries could not be written.</param>
/// <param name="Problem">Why entries cannot be written, in one sentence; null where they can.</param>
/// <param name="Deviations">What weakens its promise, a sentence each, the problem among them.</param>
internal sealed record AuditState(
    bool IsEnabled,
    AuditHead Head,
    DateTimeOffset? Time,
    long Entries,
    long Failures,
    string? Problem,
    IReadOnlyList<string> Deviations
);
