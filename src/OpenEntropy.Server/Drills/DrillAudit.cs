using OpenEntropy.Drills;
using OpenEntropy.Server.Audit;

namespace OpenEntropy.Server.Drills;

/// <summary>Enters drills that end by themselves in the audit log. Those that an operator begins or ends are entered where that is asked.</summary>
/// <param name="audit">The log.</param>
internal sealed class DrillAudit(IAuditLog audit) : IDrillObserver
{
    private const string ByOperator = "operator";

    private Task _entering = Task.CompletedTask;

    /// <inheritdoc/>
    public void Take(DrillEvent what, DrillRun run)
    {
        if (what == DrillEvent.Ended && run.EndedBy != ByOperator)
        {
            _entering = Task.WhenAll(_entering, EnterAsync(Subject(run.Kind, run.Source)));
        }
    }

    /// <inheritdoc/>
    public Task WaitAsync() => _entering;

    /// <summary>What a drill is called in the log.</summary>
    /// <param name="kind">What fails.</param>
    /// <param name="source">Of which source; null where it is of none.</param>
    public static string Subject(DrillKind kind, string? source) =>
        source is null ? DrillNames.Of(kind) : $"{DrillNames.Of(kind)}:{source}";

    // The drill has ended, whether that can be written now or not: where it cannot, it is written once it can be.
    private async Task EnterAsync(string subject)
    {
        await Task.Yield();
        await audit.TellAsync(AuditAct.DrillEnd, subject);
    }
}
