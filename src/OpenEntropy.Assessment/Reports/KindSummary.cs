using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Reports;

/// <summary>How many p-values of a kind there are, and how many of them are small.</summary>
/// <param name="Kind">How perfect bits distribute them.</param>
/// <param name="PValues">Their number.</param>
/// <param name="PValuesBelowAlpha">How many are below α.</param>
/// <param name="ExpectedBelowAlpha">
/// How many perfect bits give on average: of uniform ones so many, of discrete ones as many at most; null for bounds, of which perfect bits give next to
/// none.
/// </param>
internal sealed record KindSummary(PValueKind Kind, int PValues, int PValuesBelowAlpha, double? ExpectedBelowAlpha)
{
    public static KindSummary Of(PValueKind kind, IReadOnlyList<double> values) =>
        new(
            kind,
            values.Count,
            values.Count(value => value < AssessmentReport.Sp80022Alpha),
            kind == PValueKind.Bound ? null : values.Count * AssessmentReport.Sp80022Alpha
        );
}
