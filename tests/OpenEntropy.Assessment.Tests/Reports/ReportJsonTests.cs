using System.Text.Json;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Reports;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Reports;

public sealed class ReportJsonTests
{
    [Fact]
    public void ToJson_OfAFullReport_HasTheMembersOfTheSchema()
    {
        var root = Parse(Reported.Full());

        Assert.Equal(
            "schemaVersion product subject warnings minEntropy minEntropyUnit nonIid iid restart sp80022 quick limits further",
            Members(root)
        );
        Assert.Equal("name version", Members(root.GetProperty("product")));
        Assert.Equal("samples sha256 alphabetSize symbolBits usedBits kind recording", Members(root.GetProperty("subject")));
        Assert.Equal(
            "version source kind sampleBits samples digitization sequence machine clock clockStepNs start end productVersion sha256",
            Members(root.GetProperty("subject").GetProperty("recording"))
        );
        Assert.Equal("code text", Members(root.GetProperty("warnings")[0]));
        Assert.Equal(
            "reference mode minEntropy minEntropyUnit hOriginal hBitstring bits literal bitstring literalLeftOut bitstringLeftOut",
            Members(root.GetProperty("nonIid"))
        );
        Assert.Equal("estimator clause minEntropy figures", Members(root.GetProperty("nonIid").GetProperty("literal")[0]));
        Assert.Equal(
            "isRejected reservation alpha independence goodnessOfFit longestRepeatedSubstring literal bitstring",
            Members(root.GetProperty("iid"))
        );
        Assert.Equal(
            "test clause statistic degreesOfFreedom pValue isRejected",
            Members(root.GetProperty("iid").GetProperty("independence"))
        );
        Assert.Equal("estimator clause minEntropy figures", Members(root.GetProperty("iid").GetProperty("literal")));
        Assert.Equal("pCollision w probability passed", Members(root.GetProperty("iid").GetProperty("longestRepeatedSubstring")));
        Assert.Equal(
            "isPassed isSane initialEntropy validatedEntropy rowEntropy columnEntropy alpha seed simulationRounds cutoff exactCutoff rowMaximum "
                + "columnMaximum rows columns",
            Members(root.GetProperty("restart"))
        );
        Assert.Equal(
            "reference mode alpha pValues pValuesBelowAlpha leastPValue leastPValueBonferroni tests kinds",
            Members(root.GetProperty("sp80022"))
        );
        Assert.Equal(Members(root.GetProperty("sp80022")), Members(root.GetProperty("further")));
        Assert.Equal("kind pValues pValuesBelowAlpha expectedBelowAlpha", Members(root.GetProperty("further").GetProperty("kinds")[0]));
        Assert.Equal(
            "name source kind pValues statistics inapplicable caution",
            Members(root.GetProperty("sp80022").GetProperty("tests")[0])
        );
        Assert.Equal("unit confidence samples shannon mostCommonValue collision", Members(root.GetProperty("quick")));
        Assert.Equal("name value plugIn lower upper samples", Members(root.GetProperty("quick").GetProperty("shannon")));
    }

    [Fact]
    public void ToJson_QuickMetrics_NameTheirUnitConfidenceAndSamples()
    {
        var quick = Parse(Reported.Full()).GetProperty("quick");

        Assert.Equal("bits per sample", quick.GetProperty("unit").GetString());
        Assert.Equal((0.99, Reported.Length), (quick.GetProperty("confidence").GetDouble(), quick.GetProperty("samples").GetInt32()));
    }

    [Fact]
    public void ToJson_AStatisticThatIsInfinite_IsWrittenAsThatWord()
    {
        var test = Parse(WithStatistic(double.PositiveInfinity)).GetProperty("sp80022").GetProperty("tests")[0];

        Assert.Equal("Infinity", test.GetProperty("statistics")[0].GetProperty("value").GetString());
    }

    [Fact]
    public void ToJson_AFigureThatIsNoNumber_IsNotWritten()
    {
        var full = Reported.Full();
        foreach (
            var broken in (AssessmentReport[])
                [
                    WithStatistic(double.NaN),
                    full with
                    {
                        Restart = full.Restart! with { InitialEntropy = double.NaN },
                    },
                    full with
                    {
                        Restart = full.Restart! with { Alpha = double.PositiveInfinity },
                    },
                ]
        )
            Assert.Throws<ArgumentException>(() => broken.ToJson());
    }

    [Fact]
    public void ToJson_PartsNotAskedFor_AreThereAsNull()
    {
        var root = Parse(AssessmentReport.Of(Reported.Samples(), new ReportOptions { Suites = ReportSuites.Quick }));

        foreach (var part in (string[])["minEntropy", "minEntropyUnit", "nonIid", "iid", "restart", "sp80022", "further"])
            Assert.Equal(JsonValueKind.Null, root.GetProperty(part).ValueKind);
    }

    [Fact]
    public void ToJson_EachFigureOfEachEstimate_IsReadAsTheSameDouble()
    {
        var report = Reported.Full();
        var section = Parse(report).GetProperty("nonIid");

        Assert.Equal(report.NonIid!.MinEntropy, section.GetProperty("minEntropy").GetDouble());
        AssertSame(report.NonIid.Literal, section.GetProperty("literal"));
        AssertSame(report.NonIid.Bitstring, section.GetProperty("bitstring"));
    }

    [Fact]
    public void ToJson_NonIidOfTheSymbols_HoldsEveryValueThatTheEstimatesExpose()
    {
        foreach (var estimate in Reported.Full().NonIid!.Bitstring)
        {
            var exposed = estimate
                .GetType()
                .GetProperties()
                .Where(property =>
                    property.PropertyType == typeof(double) || property.PropertyType == typeof(double?) || IsCount(property.PropertyType)
                )
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
                .Where(name => name != "minEntropy");
            Assert.Equal(exposed.Order(StringComparer.Ordinal), Names(estimate).Order(StringComparer.Ordinal));
        }

        static bool IsCount(Type type) => type == typeof(long) || type == typeof(int);
    }

    [Fact]
    public void ToJson_PredictorWhoseLongestRunChangesNothing_HasNoPLocal()
    {
        var estimate = new PredictionEstimate("Lag Prediction Estimate", "6.3.8", 1, 10, 2, 20, 0.5, 0.6, PLocal: null);

        Assert.Null(EstimateFigures.Of(estimate).Single(figure => figure.Name == "pLocal").Value);
    }

    [VectorTheory]
    [InlineData("sp80090b/rand8_short", "Literal LZ78Y Prediction Estimate: C", "literal", "correct")]
    [InlineData("sp80090b/rand8_short", "Bitstring Lag Prediction Estimate: C", "bitstring", "correct")]
    public void ToJson_OfSampleData_HoldsTheFiguresOfTheTool(string data, string printed, string sequence, string figure)
    {
        var report = AssessmentReport.Of(DataSets.Bytes(data), new ReportOptions { Kind = RecordingKind.Raw });
        var tool = DataSets.NonIid(data);

        var estimates = Parse(report).GetProperty("nonIid").GetProperty(sequence);
        var estimate = estimates
            .EnumerateArray()
            .Single(each => printed.Contains(each.GetProperty("estimator").GetString()!, StringComparison.Ordinal));
        tool.AssertInteger(printed, estimate.GetProperty("figures").GetProperty(figure).GetInt64());
        tool.AssertDouble("H_original", report.NonIid!.HOriginal!.Value, 1e-10);
    }

    private static AssessmentReport WithStatistic(double value)
    {
        var result = new RandomnessTestResult
        {
            Name = "A test",
            Source = "A paper",
            PValues = [],
            Statistics = [new Statistic("a statistic", value)],
        };
        return AssessmentReport.Of(Reported.Samples(), new ReportOptions { Suites = ReportSuites.Quick }) with { Sp80022 = [result] };
    }

    private static JsonElement Parse(AssessmentReport report)
    {
        using var document = JsonDocument.Parse(report.ToJson());
        return document.RootElement.Clone();
    }

    private static string Members(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(member => member.Name));

    private static IEnumerable<string> Names(EntropyEstimate estimate) => EstimateFigures.Of(estimate).Select(figure => figure.Name);

    private static void AssertSame(IReadOnlyList<EntropyEstimate> estimates, JsonElement written)
    {
        Assert.Equal(estimates.Count, written.GetArrayLength());
        foreach (var (estimate, element) in estimates.Zip(written.EnumerateArray()))
        {
            Assert.Equal(estimate.MinEntropy, element.GetProperty("minEntropy").GetDouble());
            foreach (var figure in EstimateFigures.Of(estimate))
            {
                var value = element.GetProperty("figures").GetProperty(figure.Name);
                Assert.Equal(figure.Value, value.ValueKind == JsonValueKind.Null ? null : value.GetDouble());
            }
        }
    }
}
