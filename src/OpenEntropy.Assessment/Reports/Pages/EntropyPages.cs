using OpenEntropy.Assessment.Iid;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Quick;

namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>The figures of SP 800-90B, 5.2 and 6.3, and quick metrics.</summary>
internal static class EntropyPages
{
    public static IEnumerable<Block> NonIid(NonIidAssessment? assessment)
    {
        if (assessment is null)
            yield break;
        yield return new Heading(2, "Non-IID estimates (SP 800-90B, 6.3)");
        yield return new Table(
            [
                new Column("clause"),
                new Column("estimator"),
                new Column("symbols (bits per sample)", IsFigure: true),
                new Column("bit string (bits per bit)", IsFigure: true),
            ],
            [.. NonIidEstimator.All.Select(estimator => Row(estimator, assessment)), .. Sums(assessment)]
        );
        yield return new Paragraph($"The reference is {Words.NonIidReference}.");
    }

    public static IEnumerable<Block> Iid(AssessmentReport report)
    {
        if (report is not { Iid: { } iid, LongestRepeatedSubstring: { } substring })
            yield break;
        yield return new Heading(2, "IID tests (SP 800-90B, 5.2)");
        yield return new Table(
            [
                new Column("clause"),
                new Column("test"),
                new Column("statistic", IsFigure: true),
                new Column("degrees of freedom", IsFigure: true),
                new Column("p-value", IsFigure: true),
                new Column("hypothesis of IID samples"),
            ],
            [
                ChiSquare(iid.Independence),
                ChiSquare(iid.GoodnessOfFit),
                [
                    "5.2.5",
                    "Longest repeated substring",
                    $"W = {substring.W:N0} samples",
                    "–",
                    Figures.Short(substring.Probability),
                    substring.Passed ? "not rejected" : "rejected",
                ],
            ]
        );
        yield return new Paragraph($"Each rejects below a p-value of {ChiSquareResult.Alpha}. {IidAssessment.Reservation}");
    }

    public static string IidOutcome(AssessmentReport report) =>
        report.Iid!.IsRejected || report.LongestRepeatedSubstring is { Passed: false }
            ? "the samples are not IID."
            : "none of the tests rejects that the samples are IID, which does not show that they are.";

    public static IEnumerable<Block> Quick(QuickMetrics? quick)
    {
        if (quick is not { } metrics)
            yield break;
        yield return new Heading(2, "Quick metrics");
        yield return new Table(
            [
                new Column("metric"),
                new Column($"value ({QuickMetric.Unit})", IsFigure: true),
                new Column("99 % interval from", IsFigure: true),
                new Column("to", IsFigure: true),
            ],
            [Metric(metrics.Shannon), Metric(metrics.Collision), Metric(metrics.MostCommonValue)]
        );
        yield return new Paragraph("As if samples were independent. No assessment: a counter scores full marks.");
    }

    private static string[] Row(NonIidEstimator estimator, NonIidAssessment assessment) =>
        [
            estimator.Clause,
            estimator.Name,
            Cell(assessment.Literal, assessment.LiteralLeftOut, estimator),
            Cell(assessment.Bitstring, assessment.BitstringLeftOut, estimator),
        ];

    private static string Cell(IReadOnlyList<EntropyEstimate> made, IReadOnlyList<string> leftOut, NonIidEstimator estimator) =>
        leftOut.Contains(estimator.Name, StringComparer.Ordinal)
            ? "left out"
            : Figures.Short(made.FirstOrDefault(estimate => estimate.Estimator == estimator.Name)?.MinEntropy);

    private static IEnumerable<string[]> Sums(NonIidAssessment assessment)
    {
        yield return ["", "least", Figures.Short(assessment.HOriginal), Figures.Short(assessment.HBitstring)];
        if (assessment.Mode == NonIidMode.Conditioned)
            yield return ["", "h'", "–", Figures.Short(assessment.MinEntropy)];
        else
            yield return ["", $"min(H_original, {assessment.SymbolBits} H_bitstring)", Figures.Short(assessment.MinEntropy), "–"];
    }

    private static string[] ChiSquare(ChiSquareResult result) =>
        [
            result.Clause,
            result.Test,
            $"T = {Figures.Short(result.Statistic)}",
            $"{result.DegreesOfFreedom:N0}",
            Figures.Short(result.PValue),
            result.PValue is null ? "not tested"
            : result.IsRejected ? "rejected"
            : "not rejected",
        ];

    private static string[] Metric(QuickMetric metric) =>
        [metric.Name, Figures.Short(metric.Value), Figures.Short(metric.Lower), Figures.Short(metric.Upper)];
}
