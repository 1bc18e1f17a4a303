using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Reports;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Reports;

public sealed class AssessmentReportTests
{
    [Fact]
    public void Of_TheSameRecordingTwice_GivesTheSameBytesWithAnyNumberOfThreads()
    {
        var one = AssessmentReport.Of(Reported.Recording(), new ReportOptions { Suites = ReportSuites.All, Parallelism = 1 });
        var other = AssessmentReport.Of(Reported.Recording(), new ReportOptions { Suites = ReportSuites.All, Parallelism = 3 });

        Assert.Equal(one.ToJson(), other.ToJson());
        Assert.Equal(one.ToMarkdown(), other.ToMarkdown());
        Assert.Equal(one.ToText(withDetails: true), other.ToText(withDetails: true));
    }

    [Theory]
    [InlineData(null, false, "nonIid quick")]
    [InlineData(RecordingKind.Raw, false, "nonIid quick")]
    [InlineData(RecordingKind.Conditioned, false, "sp80022 quick")]
    [InlineData(RecordingKind.Output, false, "sp80022 quick")]
    [InlineData(RecordingKind.Output, true, "nonIid quick")]
    [InlineData(null, true, "nonIid quick")]
    public void Of_SamplesOfAKind_HoldsByDefaultWhatThatKindAllows(RecordingKind? kind, bool conditioned, string parts) =>
        Assert.Equal(parts, Parts(AssessmentReport.Of(Reported.Samples(), new ReportOptions { Kind = kind, Conditioned = conditioned })));

    [Theory]
    [InlineData(RecordingKind.Raw, false, "nonIid iid sp80022 further quick")]
    [InlineData(RecordingKind.Output, false, "sp80022 further quick")]
    [InlineData(RecordingKind.Conditioned, true, "nonIid sp80022 further quick")]
    public void Of_EverySuite_HoldsAllThatTheKindAllows(RecordingKind kind, bool conditioned, string parts)
    {
        var options = new ReportOptions { Suites = ReportSuites.All, Conditioned = conditioned };

        Assert.Equal(parts, Parts(AssessmentReport.Of(Reported.Recording(kind), options)));
    }

    [Theory]
    [InlineData(RecordingKind.Output, ReportSuites.NonIid)]
    [InlineData(RecordingKind.Conditioned, ReportSuites.Iid | ReportSuites.Quick)]
    [InlineData(
        RecordingKind.Output,
        ReportSuites.NonIid | ReportSuites.Iid | ReportSuites.Sp80022 | ReportSuites.Further | ReportSuites.Quick
    )]
    [InlineData(RecordingKind.Output, ReportSuites.All | ReportSuites.NonIid)]
    public void Of_AnEntropyAssessmentOfWhatIsNotRaw_IsRefused(RecordingKind kind, ReportSuites suites)
    {
        var refusal = Assert.Throws<AssessmentInputException>(() =>
            AssessmentReport.Of(Reported.Recording(kind), new ReportOptions { Suites = suites })
        );

        Assert.Contains("not raw", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OptionsThatContradictTheHeader_AreRefused()
    {
        Refused("header says that it is raw", new ReportOptions { Kind = RecordingKind.Output });
        Refused("header says that a sample has 8 bits", new ReportOptions { SymbolBits = 4 });
        Refused("are raw", new ReportOptions { Conditioned = true });
        Refused("Nothing was asked for", new ReportOptions { Suites = ReportSuites.None });
        Refused("1,000,000 in all; these are 2,000", new ReportOptions { RestartEntropy = 4 });

        static void Refused(string why, ReportOptions options) =>
            Assert.Contains(
                why,
                Assert.Throws<AssessmentInputException>(() => AssessmentReport.Of(Reported.Recording(), options)).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void Of_ConditionedOutput_ReportsHPrimeAndSaysSo()
    {
        var report = AssessmentReport.Of(Reported.Recording(RecordingKind.Conditioned), new ReportOptions { Conditioned = true });

        Assert.Equal(NonIidMode.Conditioned, report.NonIid!.Mode);
        Assert.Equal("notRaw fewSamples conditionedMode", Codes(report));
        Assert.Contains("bits per bit of output", report.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FewNarrowBareSamples_WarnsOfEverythingThatTheFiguresLack()
    {
        var samples = Reported.Samples(alphabetSize: 16)[..1000];

        var report = AssessmentReport.Of(samples, new ReportOptions { Suites = ReportSuites.All, SymbolBits = 8 });

        Assert.Equal(
            ["kindUnknown", "fewSamples", "narrowerThanDeclared", "testNotApplicable", "sequenceShort", "quickLeftOut"],
            report.Warnings.Select(warning => warning.Code).Distinct(StringComparer.Ordinal).Where(code => code != "estimatorsLeftOut")
        );
        Assert.Null(report.Quick);
        Assert.All(report.Warnings, warning => Assert.Contains(warning.Text, report.ToMarkdown(), StringComparison.Ordinal));
    }

    [Fact]
    public void Of_NothingToBeSaidOf_IsRefused()
    {
        Refused("no samples", []);
        Refused("one symbol", new byte[2000]);
        Refused("at least 1,000", Reported.Samples()[..999]);

        static void Refused(string why, byte[] samples) =>
            Assert.Contains(
                why,
                Assert.Throws<AssessmentInputException>(() => AssessmentReport.Of(samples)).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void Of_ACheckpointThatEndsIt_EndsEveryPart()
    {
        var ends = new Checkpoint(() => throw new OperationCanceledException());
        foreach (var suite in (ReportSuites[])[ReportSuites.NonIid, ReportSuites.Iid, ReportSuites.Sp80022, ReportSuites.Further])
        {
            var options = new ReportOptions { Suites = suite, Checkpoint = ends };
            Assert.Throws<OperationCanceledException>(() => AssessmentReport.Of(Reported.Samples(), options));
        }
    }

    private static string Parts(AssessmentReport report) =>
        string.Join(
            ' ',
            new[]
            {
                report.NonIid is null ? null : "nonIid",
                report.Iid is null ? null : "iid",
                report.Sp80022 is null ? null : "sp80022",
                report.Further is null ? null : "further",
                report.Quick is null ? null : "quick",
            }.Where(part => part is not null)
        );

    private static string Codes(AssessmentReport report) => string.Join(' ', report.Warnings.Select(warning => warning.Code));
}
