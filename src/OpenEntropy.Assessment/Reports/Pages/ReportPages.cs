namespace OpenEntropy.Assessment.Reports.Pages;

/// <summary>A report for people: what to beware of first, then the figures, and every value on the way to them at the end.</summary>
internal static class ReportPages
{
    public static IReadOnlyList<Block> Of(AssessmentReport report, bool withDetails) =>
        [
            new Heading(1, Title(report.Subject)),
            .. Warnings(report),
            .. Verdict(report),
            .. SubjectPages.Of(report),
            .. EntropyPages.NonIid(report.NonIid),
            .. EntropyPages.Iid(report),
            .. RestartPages.Of(report.Restart),
            .. BatteryPages.Sp80022(report),
            .. BatteryPages.Further(report),
            .. EntropyPages.Quick(report.Quick),
            new Heading(2, "What these figures do not say"),
            new Paragraph(Words.Limits),
            .. withDetails ? DetailPages.Of(report) : [],
        ];

    private static string Title(ReportSubject subject) =>
        subject.Recording is { } header ? $"Assessment of {Figures.Plain(header.Source)}" : $"Assessment of {subject.Samples:N0} samples";

    private static IEnumerable<Block> Warnings(AssessmentReport report)
    {
        if (report.Warnings.Count == 0)
            yield break;
        yield return new Heading(2, "Warnings");
        yield return new Bullets([.. report.Warnings.Select(warning => warning.Text)]);
    }

    private static IEnumerable<Block> Verdict(AssessmentReport report)
    {
        var items = new List<string>();
        if (report.NonIid is { } assessment)
            items.Add($"Min-entropy by SP 800-90B, 6.3: {Figures.Short(assessment.MinEntropy)} {Words.UnitOf(assessment.Mode)}.");
        if (report.Restart is { } restart)
            items.Add($"Restart test (SP 800-90B, 3.1.4): {RestartPages.Outcome(restart)}");
        if (report.Iid is not null)
            items.Add($"IID tests (SP 800-90B, 5.2): {EntropyPages.IidOutcome(report)}");
        if (report.Sp80022 is { } results)
            items.Add($"SP 800-22: {BatteryPages.Outcome(results)}");
        if (report.Further is { } further)
            items.Add($"Further tests: {BatteryPages.Outcome(further)}");
        if (items.Count == 0)
            yield break;
        yield return new Heading(2, "Result");
        yield return new Bullets(items);
    }
}
