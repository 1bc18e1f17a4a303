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
            .. Battery(report.Sp80022, "Tests of SP 800-22"),
            .. Battery(report.Further, "Further tests"),
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
        if (report.Iid is not { } iid)
            yield break;
        yield return new Heading(3, "IID tests");
        yield return Values(
            "test",
            [
                .. ChiSquare(iid.Independence),
                .. ChiSquare(iid.GoodnessOfFit),
                .. iid.LongestRepeatedSubstring is { } substring ? Substring(substring) : [],
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

    private static IEnumerable<string[]> Substring(LongestRepeatedSubstringTest result) =>
        [
            ["Longest repeated substring", "P_col", Figures.Full(result.PCollision), "probability"],
            ["Longest repeated substring", "W", $"{result.W}", "samples"],
            ["Longest repeated substring", "Pr(X ≥ 1)", Figures.Full(result.Probability), "probability"],
        ];

    private static IEnumerable<string[]> MostCommon(MostCommonValueEstimate figures, string test, string unit) =>
        [
            [test, "count", $"{figures.ModeCount}", "count"],
            [test, "p-hat", Figures.Full(figures.PHat), "probability"],
            [test, "p_u", Figures.Full(figures.PUpper), "probability"],
            [test, "−log2 p_u, were the samples IID", Figures.Full(figures.MinEntropy), unit],
        ];

    private static IEnumerable<Block> Battery(IReadOnlyList<RandomnessTestResult>? results, string title)
    {
        if (results is null)
            yield break;
        yield return new Heading(3, title);
        yield return new Table(
            [
                new Column("test"),
                new Column("figure"),
                new Column("value", IsFigure: true),
                new Column("of perfect bits", IsFigure: true),
                new Column("unit"),
            ],
            [.. results.SelectMany(result => Battery(result).Select(row => (string[])[result.Name, .. row]))]
        );
    }

    private static IEnumerable<string[]> Battery(RandomnessTestResult result) =>
        [
            .. result.Statistics.Select(statistic =>
                (string[])[statistic.Name, Figures.Full(statistic.Value), Figures.Full(statistic.Ideal), statistic.Unit ?? "–"]
            ),
            .. result.PValues.Select(p => (string[])[$"p-value {p.Name}".TrimEnd(), Figures.Full(p.Value), "–", "probability"]),
        ];

    private static Table Values(string of, IEnumerable<string[]> rows) =>
        new([new Column(of), new Column("figure"), new Column("value", IsFigure: true), new Column("unit")], [.. rows]);
}
