using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Reports.Json;

/// <summary>SP 800-90B, 6.3.</summary>
internal sealed record NonIidBody(
    string Reference,
    string Mode,
    double MinEntropy,
    string MinEntropyUnit,
    double? HOriginal,
    double? HBitstring,
    int Bits,
    IReadOnlyList<EstimateBody> Literal,
    IReadOnlyList<EstimateBody> Bitstring,
    IReadOnlyList<string> LiteralLeftOut,
    IReadOnlyList<string> BitstringLeftOut
)
{
    public static NonIidBody? Of(NonIidAssessment? assessment) =>
        assessment is null
            ? null
            : new NonIidBody(
                Words.NonIidReference,
                Words.Of(assessment.Mode),
                assessment.MinEntropy,
                Words.UnitOf(assessment.Mode),
                assessment.HOriginal,
                assessment.HBitstring,
                assessment.Bits,
                [.. assessment.Literal.Select(EstimateBody.Of)],
                [.. assessment.Bitstring.Select(EstimateBody.Of)],
                assessment.LiteralLeftOut,
                assessment.BitstringLeftOut
            );
}

/// <summary>One estimate: bits per symbol of its sequence, and the values on the way to it by name, in the order they are computed.</summary>
internal sealed record EstimateBody(string Estimator, string Clause, double MinEntropy, Dictionary<string, double?> Figures)
{
    public static EstimateBody Of(EntropyEstimate estimate) =>
        new(
            estimate.Estimator,
            estimate.Clause,
            estimate.MinEntropy,
            EstimateFigures.Of(estimate).ToDictionary(figure => figure.Name, figure => figure.Value, StringComparer.Ordinal)
        );
}
