using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Audit;

/// <summary>No log: acts are done and leave no trace.</summary>
internal sealed class NoAuditLog : IAuditLog
{
    /// <inheritdoc/>
    public AuditState State { get; } =
        new(
            IsEnabled: false,
            AuditHead.None,
            Time: null,
            Entries: 0,
            Failures: 0,
            Problem: null,
            [$"{AuditOptions.Section}:{nameof(AuditOptions.Enabled)} is false: what operators do leaves no trace"]
        );

    /// <inheritdoc/>
    public AuditCounts? Output => null;

    /// <inheritdoc/>
    public ValueTask<BegunAct> BeginAsync(AuditAct act, Caller? caller, string? subject, CancellationToken gone) => new(BegunAct.Untold);

    /// <inheritdoc/>
    public ValueTask TellAsync(AuditAct act, string? subject) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Count(AuditAct act, Caller caller, AuditOutcome outcome, int status) { }
}
