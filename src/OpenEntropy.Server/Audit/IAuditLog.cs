using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Audit;

/// <summary>Who did what, kept so that no change of it goes unseen. Nothing is said that would tell content, keys or what a client wrote.</summary>
internal interface IAuditLog
{
    /// <summary>What the log says of itself.</summary>
    public AuditState State { get; }

    /// <summary>
    /// Enters that a privileged act is about to take effect. It is on the device when this returns, so that no act is without an entry; where it cannot be
    /// written, the act must not be done.
    /// </summary>
    /// <param name="act">What.</param>
    /// <param name="caller">Who; null: the service itself.</param>
    /// <param name="subject">To what: a name or an id that exists, never what a request says; null for none.</param>
    /// <param name="gone">Ends the wait; nothing was entered then, or the act has an entry and was not done.</param>
    /// <returns>Enters what came of it.</returns>
    /// <exception cref="AuditUnavailableException">It cannot be written. A request that lets it pass is answered 503.</exception>
    public ValueTask<BegunAct> BeginAsync(AuditAct act, Caller? caller, string? subject, CancellationToken gone);

    /// <summary>
    /// Enters what the service itself did, which nothing could have refused. Where that cannot be written it is written once it can be.
    /// </summary>
    /// <param name="act">What.</param>
    /// <param name="subject">To what; null for none.</param>
    public ValueTask TellAsync(AuditAct act, string? subject);

    /// <summary>Counts what is not privileged or had no effect, in the sums of a minute: a line for each caller, act, quality, outcome and status.</summary>
    /// <param name="act">What.</param>
    /// <param name="caller">Who.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="status">The HTTP status; 0 for none.</param>
    public void Count(AuditAct act, Caller caller, AuditOutcome outcome, int status);

    /// <summary>Counts random bytes that were drawn for an answer; null where nobody counts.</summary>
    public AuditCounts? Output { get; }
}
