using OpenEntropy.Drills;
using OpenEntropy.Server.Audit;

namespace OpenEntropy.Server.Drills;

/// <summary>Enters drills that end by themselves in the audit log. Those that an operator begins or ends are entered where that is asked.</summary>
/// <param name="audit">The log.</param>
internal sealed class DrillAudit(IAuditLog audit) : IDrillObserver
{
    private const string ByOperator = "operator";

    /// <inheritdoc/>
    public void Take(DrillEvent what, DrillRun run)
    {
        if (what == DrillEvent.Ended && run.EndedBy != ByOperator)
        {
            _ = EnterAsync(Subject(run.Kind, run.Source));
        }
    }

    /// <summary>What a drill is called in the log.</summary>
    /// <param name="kind">What fails.</param>
    /// <param name="source">Of which source; null where it is of none.</param>
    public static string Subject(DrillKind kind, string? source) =>
        source is null ? DrillNames.Of(kind) : $"{DrillNames.Of(kind)}:{source}";

    // Nothing waits for it: the drill has ended, whether that can be written or not.
    private async Task EnterAsync(string subject)
    {
        await Task.Yield();
        try
        {
            await using var begun = await audit.BeginAsync(AuditAct.DrillEnd, caller: null, subject, CancellationToken.None);
            await begun.EndAsync(AuditOutcome.Done);
        }
        catch (Exception exception) when (exception is AuditUnavailableException or ObjectDisposedException)
        {
            // The log tells itself that it cannot be written, or the service stops.
        }
    }
}
