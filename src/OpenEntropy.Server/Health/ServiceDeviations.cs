using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Server.Health;

/// <summary>What weakens the service's promises: the settings in force, and figures that lowered credit and are lost.</summary>
internal static class ServiceDeviations
{
    /// <summary>All of them, a sentence each.</summary>
    /// <param name="status">The pool's accounts.</param>
    /// <param name="history">The assessments; without those of earlier runs nothing lowers the credit they lowered.</param>
    /// <param name="keys">The API keys, of which a change that cannot be read is not in force.</param>
    public static IReadOnlyList<string> Of(EntropyPoolStatus status, AssessmentHistory history, KeyRing keys) =>
        keys.Problem is { } problem ? [.. Of(status, history), problem] : Of(status, history);

    /// <summary>Those that bear on what is drawn: all but who is let in.</summary>
    /// <param name="status">The pool's accounts.</param>
    /// <param name="history">The assessments; without those of earlier runs nothing lowers the credit they lowered.</param>
    public static IReadOnlyList<string> Of(EntropyPoolStatus status, AssessmentHistory history) =>
        history.Problem is { } problem ? [.. status.Deviations, problem] : status.Deviations;
}
