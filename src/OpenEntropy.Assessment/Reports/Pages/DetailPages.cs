using OpenEntropy.Assessment.Iid;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>Every value on the way to a figure, with all its digits, so that a difference from another program can be found.</summary>
internal static class DetailPages
{
    public static IEnumerable<Block> Of(AssessmentReport report)
    {
        Block[] blocks =
        [
            .. Estimates(report.NonIid, "Estimates of "),
            .. Estimates(report.Restart?.Rows, "Restart test, rows: estimates of "),
            .. Estimates(report.Restart?.Columns, "Restart test, columns: estimates of "),
            .. Iid(report),
            .. Battery(report.Sp80022),
        ];
        return blocks.Length == 0 ? [] : [new Heading(2, "Intermediate values"), .. blocks];
    }

    private static IEnumerable<Block> Estimates(NonIidAssessment? assessment, string title)
    {
        if (assessment?.Literal.Count > 0)
            yield return new Heading(3, title + "the symbols");
        if (assessment?.Literal.Count > 0)
            yield return Table(assessment.Literal, "bits per sample");
        if (assessment?.Bitstring.Count > 0)
            yield return new Heading(3, title + "the bit string");
        if (assessment?.Bitstring.Count > 0)
            yield return Table(assessment.Bitstring, "bits per bit");
    }

    private static Table Table(IReadOnlyList<EntropyEstimate> estimates, string unit) =>
        Values(
            "estimator",
            estimates.SelectMany(estimate =>
                EstimateFigures
                    .Of(estimate)
                    .Select(figure => (string[])[estimate.Estimator, figure.Symbol, Figures.Full(figure.Value), figure.Unit])
                    .Append([estimate.Estimator, "min-entropy", Figures.Full(estimate.MinEntropy), unit])
            )
        );

    private static IEnumerable<Block> Iid(AssessmentReport report)
    {
        if (report is not { Iid: { } iid, LongestRepeatedSubstring: { } substring })
            yield break;
        yield return new Heading(3, "IID tests");
        yield return Values(
            "test",
            [
                .. ChiSquare(iid.Independence),
                .. ChiSquare(iid.GoodnessOfFit),
                ["Longest repeated substring", "P_col", Figures.Full(substring.PCollision), "probability"],
                ["Longest repeated substring", "W", $"{substring.W}", "samples"],
                ["Longest repeated substring", "Pr(X ≥ 1)", Figures.Full(substring.Probability), "probability"],
                .. MostCommon(iid.Literal, "Most common symbol", "bits per sample"),
                .. iid.Bitstring is { } bits ? MostCommon(bits, "Most common bit", "bits per bit") : [],
            ]
        );
    }

    private static IEnumerable<string[]> ChiSquare(ChiSquareResult result) =>
        [
            [result.Test, "T", Figures.Full(result.Statistic), "–"],
            [result.Test, "degrees of freedom", $"{result.DegreesOfFreedom}", "–"],
            [result.Test, "p-value", Figures.Full(result.PValue), "probability"],
        ];

    private static IEnumerable<string[]> MostCommon(MostCommonValueEstimate figures, string test, string unit) =>
        [
            [test, "count", $"{figures.ModeCount}", "count"],
            [test, "p-hat", Figures.Full(figures.PHat), "probability"],
            [test, "p_u", Figures.Full(figures.PUpper), "probability"],
            [test, "−log2 p_u, were the samples IID", Figures.Full(figures.MinEntropy), unit],
        ];

    private static IEnumerable<Block> Battery(IReadOnlyList<RandomnessTestResult>? results)
    {
        if (results is null)
            yield break;
        yield return new Heading(3, "Tests of SP 800-22");
        yield return Values(
            "test",
            results.SelectMany(result =>
                (IEnumerable<string[]>)
                    [
                        .. result.Statistics.Select(statistic =>
                            (string[])[result.Name, statistic.Name, Figures.Full(statistic.Value), "–"]
                        ),
                        .. result.PValues.Select(p =>
                            (string[])[result.Name, $"p-value {p.Name}".TrimEnd(), Figures.Full(p.Value), "probability"]
                        ),
                    ]
            )
        );
    }

    private static Table Values(string of, IEnumerable<string[]> rows) =>
        new([new Column(of), new Column("figure"), new Column("value", IsFigure: true), new Column("unit")], [.. rows]);
}
