using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>The tests of SP 800-22.</summary>
internal static class BatteryPages
{
    public static string Outcome(IReadOnlyList<RandomnessTestResult> results) =>
        BatterySummary.Of(results) is { PValues: > 0 } summary
            ? $"{summary.Below:N0} of {summary.PValues:N0} p-values are below {AssessmentReport.Sp80022Alpha}, and perfect bits give "
                + $"{summary.PValues * AssessmentReport.Sp80022Alpha:F1} on average; the least is {Figures.Short(summary.Least)}, and perfect bits give one so "
                + $"small with a probability of {Figures.Short(summary.LeastBound)} at most."
            : "no test applies.";

    public static IEnumerable<Block> Of(AssessmentReport report)
    {
        if (report.Sp80022 is not { } results)
            yield break;
        yield return new Heading(2, "Tests of SP 800-22");
        yield return new Table(
            [
                new Column("source"),
                new Column("test"),
                new Column("p-values", IsFigure: true),
                new Column($"below {AssessmentReport.Sp80022Alpha}", IsFigure: true),
                new Column("least p-value", IsFigure: true),
            ],
            [.. results.Select(Row)]
        );
        yield return new Paragraph(
            $"Mode {Words.Of(report.Sp80022Mode)}: {Words.Reference(report.Sp80022Mode)}. Over {report.Subject.Samples * (long)report.Subject.SymbolBits:N0} "
                + "bits, the most significant bit of each sample first. SP 800-22 gives no verdict on a single sequence; it takes many, and looks at the "
                + "proportion below and at the spread of the p-values."
        );
    }

    private static string[] Row(RandomnessTestResult result)
    {
        if (result.Inapplicable is not null)
            return [result.Source, result.Name, "–", "–", "does not apply"];
        var summary = BatterySummary.Of(result);
        return [result.Source, result.Name, $"{summary.PValues:N0}", $"{summary.Below:N0}", Figures.Short(summary.Least)];
    }
}
