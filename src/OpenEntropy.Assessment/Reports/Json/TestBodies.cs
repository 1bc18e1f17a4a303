using OpenEntropy.Assessment.Iid;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Restart;

namespace OpenEntropy.Assessment.Reports.Json;

/// <summary>SP 800-90B, 5.2.</summary>
internal sealed record IidBody(
    bool IsRejected,
    string Reservation,
    double Alpha,
    ChiSquareResult Independence,
    ChiSquareResult GoodnessOfFit,
    LongestRepeatedSubstringTest? LongestRepeatedSubstring,
    EstimateBody Literal,
    EstimateBody? Bitstring
)
{
    public static IidBody Of(IidAssessment iid) =>
        new(
            iid.IsRejected,
            IidAssessment.Reservation,
            ChiSquareResult.Alpha,
            iid.Independence,
            iid.GoodnessOfFit,
            iid.LongestRepeatedSubstring,
            EstimateBody.Of(iid.Literal),
            iid.Bitstring is { } bits ? EstimateBody.Of(bits) : null
        );
}

/// <summary>SP 800-90B, 3.1.4. Entropies in bits per sample.</summary>
internal sealed record RestartBody(
    bool IsPassed,
    bool IsSane,
    double InitialEntropy,
    double? ValidatedEntropy,
    double? RowEntropy,
    double? ColumnEntropy,
    double Alpha,
    ulong Seed,
    int SimulationRounds,
    int Cutoff,
    int ExactCutoff,
    int RowMaximum,
    int ColumnMaximum,
    NonIidBody? Rows,
    NonIidBody? Columns
)
{
    public static RestartBody Of(RestartTestResult restart) =>
        new(
            restart.IsPassed,
            restart.IsSane,
            restart.InitialEntropy,
            restart.ValidatedEntropy,
            restart.RowEntropy,
            restart.ColumnEntropy,
            restart.Alpha,
            restart.Seed,
            restart.SimulationRounds,
            restart.Cutoff,
            restart.ExactCutoff,
            restart.RowMaximum,
            restart.ColumnMaximum,
            NonIidBody.Of(restart.Rows),
            NonIidBody.Of(restart.Columns)
        );
}

/// <summary>Tests of bits; further ones have no mode.</summary>
internal sealed record BatteryBody(
    string Reference,
    string? Mode,
    double Alpha,
    int PValues,
    int PValuesBelowAlpha,
    double? LeastPValue,
    double? LeastPValueBonferroni,
    IReadOnlyList<TestBody> Tests,
    IReadOnlyList<KindSummary> Kinds
)
{
    public static BatteryBody Of(IReadOnlyList<RandomnessTestResult> results, Sp80022Mode? mode)
    {
        var summary = BatterySummary.Of(results);
        return new BatteryBody(
            mode is { } itsArithmetic ? Words.Reference(itsArithmetic) : Words.FurtherReference,
            mode is { } named ? Words.Of(named) : null,
            AssessmentReport.Sp80022Alpha,
            summary.PValues,
            summary.Below,
            summary.Least,
            summary.LeastBound,
            [.. results.Select(TestBody.Of)],
            summary.Kinds
        );
    }
}
