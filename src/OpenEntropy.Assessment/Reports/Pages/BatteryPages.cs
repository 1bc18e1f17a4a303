using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>The tests of bits: those of SP 800-22, and the further ones.</summary>
internal static class BatteryPages
{
    private static string Below { get; } = $"below {AssessmentReport.Sp80022Alpha}";

    /// <summary>How many p-values are small, and how many small ones perfect bits have, in one sentence.</summary>
    public static string Outcome(IReadOnlyList<RandomnessTestResult> results)
    {
        var summary = BatterySummary.Of(results);
        if (summary.PValues == 0)
            return "no test applies.";
        var counts = summary.Kinds is [{ Kind: PValueKind.Uniform } only]
            ? $"{only.PValuesBelowAlpha:N0} of {only.PValues:N0} p-values are {Below}, and perfect bits give {only.ExpectedBelowAlpha:F1} on average"
            : $"{summary.Below:N0} of {summary.PValues:N0} p-values are {Below}: {string.Join(", ", summary.Kinds.Select(Share))}";
        return $"{counts}; the least is {Figures.Short(summary.Least)}, and perfect bits give one so small with a probability of "
            + $"{Figures.Short(summary.LeastBound)} at most.";
    }

    public static IEnumerable<Block> Sp80022(AssessmentReport report)
    {
        if (report.Sp80022 is not { } results)
            yield break;
        yield return new Heading(2, "Tests of SP 800-22");
        yield return Table(results, withKinds: false);
        yield return new Paragraph(
            $"Mode {Words.Of(report.Sp80022Mode)}: {Words.Reference(report.Sp80022Mode)}. {Sequence(report)} SP 800-22 gives no verdict on a single "
                + "sequence; it takes many, and looks at the proportion below and at the spread of the p-values."
        );
    }

    public static IEnumerable<Block> Further(AssessmentReport report)
    {
        if (report.Further is not { } results)
            yield break;
        yield return new Heading(2, "Further tests");
        yield return Table(results, withKinds: true);
        yield return new Paragraph(
            $"{Sequence(report)} Perfect bits give uniform p-values a level α in a share α of sequences, and discrete ones in that share at most, since "
                + "they have few values. A bound is at least the p-value, which cannot be computed: a small one is as bad, and 1, which nearly all sequences "
                + "have, is evidence of nothing. The lengths that compressors reach differ between versions of .NET and machines; the bounds hold for each."
        );
    }

    private static string Share(KindSummary kind) =>
        $"{kind.PValuesBelowAlpha:N0} of {kind.PValues:N0} "
        + kind.Kind switch
        {
            PValueKind.Uniform => $"uniform, where perfect bits give {kind.ExpectedBelowAlpha:F2} on average",
            PValueKind.Discrete => $"discrete, where they give {kind.ExpectedBelowAlpha:F2} at most",
            _ => "bounds of p-values, where they give next to none (a bound of 1 is evidence of nothing)",
        };

    private static string Sequence(AssessmentReport report) =>
        $"Over {report.Subject.Samples * (long)report.Subject.SymbolBits:N0} bits, the most significant bit of each sample first.";

    private static Table Table(IReadOnlyList<RandomnessTestResult> results, bool withKinds)
    {
        Column[] figures = [new("p-values", IsFigure: true), new(Below, IsFigure: true), new("least p-value", IsFigure: true)];
        return withKinds
            ? new Table(
                [new Column("test"), new Column("kind"), .. figures, new Column("source")],
                [.. results.Select(result => (string[])[result.Name, Words.Of(result.Kind), .. Row(result), result.Source])]
            )
            : new Table(
                [new Column("source"), new Column("test"), .. figures],
                [.. results.Select(result => (string[])[result.Source, result.Name, .. Row(result)])]
            );
    }

    private static string[] Row(RandomnessTestResult result)
    {
        if (result.Inapplicable is not null)
            return ["–", "–", "does not apply"];
        var summary = BatterySummary.Of(result);
        return [$"{summary.PValues:N0}", $"{summary.Below:N0}", Figures.Short(summary.Least)];
    }
}
