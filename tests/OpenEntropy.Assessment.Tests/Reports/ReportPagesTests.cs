using OpenEntropy.Assessment.Reports;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Reports;

public sealed class ReportPagesTests
{
    [Fact]
    public void ToMarkdown_OfAFullReport_HasItsSectionsInOrder()
    {
        var headings = Lines(Reported.Full().ToMarkdown()).Where(line => line.StartsWith('#'));

        Assert.Equal(
            [
                "# Assessment of clock_jitter",
                "## Warnings",
                "## Result",
                "## What was assessed",
                "## Non-IID estimates (SP 800-90B, 6.3)",
                "## IID tests (SP 800-90B, 5.2)",
                "## Restart test (SP 800-90B, 3.1.4)",
                "## Tests of SP 800-22",
                "## Further tests",
                "## Quick metrics",
                "## What these figures do not say",
                "## Intermediate values",
                "### Estimates of the symbols",
                "### Estimates of the bit string",
                "### Restart test, rows: estimates of the symbols",
                "### Restart test, rows: estimates of the bit string",
                "### Restart test, columns: estimates of the symbols",
                "### Restart test, columns: estimates of the bit string",
                "### IID tests",
                "### Tests of SP 800-22",
                "### Further tests",
            ],
            headings
        );
    }

    [Fact]
    public void ToMarkdown_EachTable_LinesUp()
    {
        var table = new List<string>();
        var tables = 0;
        foreach (var line in Lines(Reported.Full().ToMarkdown()).Append(""))
        {
            if (line.StartsWith('|'))
            {
                table.Add(line);
                continue;
            }

            if (table.Count > 0)
            {
                tables++;
                Assert.True(table.Count >= 3, table[0]);
                Assert.Equal([Bars(table[0])], table.Select(Bars).Distinct(StringComparer.Ordinal));
                table.Clear();
            }
        }

        Assert.Equal(16, tables);

        // Where the bars of a line stand.
        static string Bars(string line) => string.Join(',', Enumerable.Range(0, line.Length).Where(at => line[at] == '|'));
    }

    [Fact]
    public void ToMarkdown_HeaderWithMarkupAndControlCharacters_ShowsThemAsTheyAreAndNoMore()
    {
        var header = Reported.Header() with { Source = "a|b\n# c <i>\u001b[2J\u202e", Digitization = "`x` | [y](z)" };

        var report = AssessmentReport.Of(Reported.Recording(header: header), new ReportOptions { Suites = ReportSuites.Quick });

        Assert.StartsWith("# Assessment of a\\|b \\# c \\<i> \\[2J \n", report.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("\\`x\\` \\| \\[y\\](z)", report.ToMarkdown(), StringComparison.Ordinal);
        Assert.DoesNotContain(report.ToText(), character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public void ToText_WithoutDetails_LeavesOutTheIntermediateValues()
    {
        var report = Reported.Full();

        Assert.DoesNotContain("P_global", report.ToText(), StringComparison.Ordinal);
        Assert.Contains("P_global", report.ToText(withDetails: true), StringComparison.Ordinal);
        Assert.StartsWith(report.ToText(), report.ToText(withDetails: true), StringComparison.Ordinal);
    }

    [Fact]
    public void ToText_Paragraphs_AreBrokenAt100Characters() =>
        Assert.All(
            Lines(Reported.Full().ToText()).Where(line => !line.StartsWith("  ", StringComparison.Ordinal)),
            line => Assert.True(line.Length <= 100, line)
        );

    [Fact]
    public void ToMarkdown_RestartTestOfASymbolTooCommon_TellsOfTheFailureAndShowsNoEntropy()
    {
        var report = Reported.Full();

        var page = (report with { Restart = Reported.Restart(report.NonIid!, rowMaximum: 400) }).ToMarkdown();

        Assert.Contains("failed; a symbol occurs 400 times in a row or column, and 110 are allowed.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("are validated", page, StringComparison.Ordinal);
    }

    private static string[] Lines(string page) => page.Split('\n');
}
