using OpenEntropy.Server.Assessment;

namespace OpenEntropy.Server.Health;

/// <summary>What weakens the service's promises: the settings in force, figures that lowered credit and are lost, and what its parts say.</summary>
internal static class ServiceDeviations
{
    /// <summary>All of them, a sentence each.</summary>
    /// <param name="status">The pool's accounts.</param>
    /// <param name="history">The assessments; without those of earlier runs nothing lowers the credit they lowered.</param>
    /// <param name="board">What the service's parts say.</param>
    public static IReadOnlyList<string> Of(EntropyPoolStatus status, AssessmentHistory history, DeviationBoard board) =>
        history.Problem is { } problem ? [.. status.Deviations, problem, .. board.All]
        : board.All is { Count: > 0 } told ? [.. status.Deviations, .. told]
        : status.Deviations;
}
