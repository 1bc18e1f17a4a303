using System.Text.Json;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Reports;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Reports;

/// <summary>What reports say of tests whose p-values are not all uniform.</summary>
public sealed class ReportedTestsTests
{
    [Fact]
    public void ToMarkdown_PValuesOfEveryKind_CountsEachAgainstWhatPerfectBitsGive() =>
        Assert.Contains(
            "Further tests: 2 of 6 p-values are below 0.01: 1 of 3 uniform, where perfect bits give 0.03 on average, 1 of 1 discrete, where they give 0.01 "
                + "at most, 0 of 2 bounds of p-values, where they give next to none (a bound of 1 is evidence of nothing); the least is 0.001000, and "
                + "perfect bits give one so small with a probability of 0.006000 at most.",
            Mixed().ToMarkdown(),
            StringComparison.Ordinal
        );

    [Fact]
    public void ToMarkdown_ABoundOfOneAlone_IsNoEvidence() =>
        Assert.Contains(
            "0 of 1 p-values are below 0.01: 0 of 1 bounds of p-values, where they give next to none (a bound of 1 is evidence of nothing); the least is "
                + "1.000000,",
            With(Result(PValueKind.Bound, 1)).ToMarkdown(),
            StringComparison.Ordinal
        );

    [Fact]
    public void ToMarkdown_ABoundThatIsSmall_CountsAsThePValueItIsAtLeast() =>
        Assert.Contains(
            "1 of 1 p-values are below 0.01: 1 of 1 bounds",
            With(Result(PValueKind.Bound, 1e-30)).ToMarkdown(),
            StringComparison.Ordinal
        );

    [Fact]
    public void ToMarkdown_NoTestThatApplies_SaysSo() =>
        Assert.Contains("Further tests: no test applies.", With(Result(PValueKind.Uniform)).ToMarkdown(), StringComparison.Ordinal);

    [Fact]
    public void ToJson_PValuesOfEveryKind_AreCountedByKind()
    {
        using var document = JsonDocument.Parse(Mixed().ToJson());
        var further = document.RootElement.GetProperty("further");

        Assert.Equal(
            [("uniform", 3, 1, 0.03), ("discrete", 1, 1, 0.01), ("bound", 2, 0, null)],
            further.GetProperty("kinds").EnumerateArray().Select(Counts)
        );
        Assert.Equal("bound", further.GetProperty("tests")[2].GetProperty("kind").GetString());
        Assert.Equal((JsonValueKind.Null, 2), (further.GetProperty("mode").ValueKind, further.GetProperty("pValuesBelowAlpha").GetInt32()));

        static (string?, int, int, double?) Counts(JsonElement kind) =>
            (
                kind.GetProperty("kind").GetString(),
                kind.GetProperty("pValues").GetInt32(),
                kind.GetProperty("pValuesBelowAlpha").GetInt32(),
                kind.GetProperty("expectedBelowAlpha") is { ValueKind: JsonValueKind.Number } expected ? expected.GetDouble() : null
            );
    }

    [Fact]
    public void ToText_TheFurtherSuite_ShowsEachTestWithItsKindAndItsFiguresBesideThoseOfPerfectBits()
    {
        var options = new ReportOptions { Kind = Recordings.RecordingKind.Output, Suites = ReportSuites.Further };

        var lines = AssessmentReport.Of(Reported.Samples(), options).ToText(withDetails: true).Split('\n');

        Assert.All(
            RandomnessBattery.Further,
            test => Assert.Contains(lines, line => Cells(line) is [var name, var kind, ..] && name == test.Name && Is(kind, test))
        );
        Assert.Contains(lines, line => Cells(line) is ["Shannon entropy", "entropy", _, "8", "bits per byte"]);

        static bool Is(string kind, RandomnessTest test) => string.Equals(kind, test.Kind.ToString(), StringComparison.OrdinalIgnoreCase);
        static string[] Cells(string line) => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static AssessmentReport Mixed() =>
        With(Result(PValueKind.Uniform, 0.5, 0.005, 0.01), Result(PValueKind.Discrete, 0.001), Result(PValueKind.Bound, 1, 1));

    private static AssessmentReport With(params RandomnessTestResult[] results) =>
        AssessmentReport.Of(Reported.Samples(), new ReportOptions { Suites = ReportSuites.Quick }) with
        {
            Further = results,
        };

    private static RandomnessTestResult Result(PValueKind kind, params double[] pValues) =>
        new()
        {
            Name = "A test",
            Source = "A paper",
            Kind = kind,
            PValues = [.. pValues.Select(value => new PValue("", value))],
            Inapplicable = pValues.Length == 0 ? "It needs more." : null,
        };
}
