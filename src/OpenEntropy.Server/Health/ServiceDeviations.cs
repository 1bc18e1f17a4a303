using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;

namespace OpenEntropy.Server.Health;

/// <summary>What weakens the service's promises: the settings in force, figures that lowered credit and are lost, and acts that leave no trace.</summary>
internal static class ServiceDeviations
{
    /// <summary>All of them, a sentence each.</summary>
    /// <param name="status">The pool's accounts.</param>
    /// <param name="history">The assessments; without those of earlier runs nothing lowers the credit they lowered.</param>
    /// <param name="audit">The audit log.</param>
    public static IReadOnlyList<string> Of(EntropyPoolStatus status, AssessmentHistory history, IAuditLog audit)
    {
        var told = audit.State.Deviations;
        return history.Problem is null && told.Count == 0
            ? status.Deviations
            : [.. status.Deviations, .. history.Problem is { } problem ? [problem] : (string[])[], .. told];
    }
}
