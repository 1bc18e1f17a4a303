using System.Globalization;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

/// <summary>The first 1,000,000 binary digits of e and pi, beside what NIST's program makes of them.</summary>
public sealed class StsKnownAnswerTests
{
    private const double RelativeTolerance = 1e-10;

    public static TheoryData<string, string, bool> Tests
    {
        get
        {
            // True where the corrected mode gives the same.
            var data = new TheoryData<string, string, bool>();
            foreach (var number in new[] { "e", "pi" })
            {
                data.Add(number, "Frequency", true);
                data.Add(number, "BlockFrequency", true);
                data.Add(number, "Runs", true);
                data.Add(number, "LongestRun", false);
                data.Add(number, "Universal", false);
                data.Add(number, "Serial", true);
                data.Add(number, "ApproximateEntropy", true);
                data.Add(number, "CumulativeSums", true);
                data.Add(number, "RandomExcursions", false);
                data.Add(number, "RandomExcursionsVariant", true);
            }

            return data;
        }
    }

    [VectorTheory]
    [MemberData(nameof(Tests))]
    public void Run_AsNistsProgram_GivesItsPValues(string number, string test, bool isSameCorrected)
    {
        var digits = StsFiles.Digits(number);
        var expected = StsFiles.Results(number, test);

        AssertClose(expected, Named(test).Run(digits, new() { Mode = Sp80022Mode.Sts212 }));
        if (isSameCorrected)
            AssertClose(expected, Named(test).Run(digits, new()));
    }

    [VectorTheory]
    [InlineData("BlockFrequency", new[] { "Chi^2", "N", "M" })]
    [InlineData("LongestRun", new[] { "N", "M", "Chi^2" })]
    [InlineData("Runs", new[] { "Pi", "V_n", "argument of erfc" })]
    [InlineData("Serial", new[] { "m", "", "Psi_m", "Psi_m-1", "Psi_m-2", "Del_1", "Del_2" })]
    [InlineData("ApproximateEntropy", new[] { "m", "", "Chi^2", "Phi(m)", "Phi(m+1)", "ApEn" })]
    [InlineData("CumulativeSums", new[] { "z forward", "z backward" })]
    [InlineData("Universal", new[] { "L", "Q", "K", "sum", "sigma", "", "exp_value", "phi" })]
    [InlineData("Frequency", new[] { "S_n" })]
    [InlineData("RandomExcursions", new[] { "J" })]
    [InlineData("RandomExcursionsVariant", new[] { "J" })]
    public void Run_AsNistsProgram_GivesItsStatistics(string test, string[] names)
    {
        foreach (var number in new[] { "e", "pi" })
        {
            var printed = StsFiles.Statistics(number, test);
            var result = Named(test).Run(StsFiles.Digits(number), new() { Mode = Sp80022Mode.Sts212 });

            for (var i = 0; i < names.Length; i++)
            {
                if (names[i].Length > 0)
                    Assert.Equal(printed[i], result.Statistics.Single(statistic => statistic.Name == names[i]).Value, 6e-7);
            }
        }
    }

    [VectorTheory]
    [InlineData("e")]
    [InlineData("pi")]
    public void Run_OfExcursions_CountsTheVisitsPrinted(string number)
    {
        var lines = StsFiles.Lines($"sp80022/{number}/RandomExcursionsVariant.stats");
        var counts = ExcursionCounts.Of(StsFiles.Digits(number), null);

        foreach (var state in Enumerable.Range(-9, 19).Where(state => state != 0))
        {
            var expected = string.Create(CultureInfo.InvariantCulture, $"(x = {state, 2}) Total visits = {counts.Visits(state), 4};");
            Assert.Contains(lines, line => line.Contains(expected, StringComparison.Ordinal));
        }
    }

    [VectorFact]
    public void Run_WithTheParametersOfTheWorkedExamples_GivesTheirPValues()
    {
        var digits = StsFiles.Digits("e");
        var options = new RandomnessOptions { SerialLength = 2 };

        // SP 800-22 Rev. 1a, 2.11.8, as NIST's program gives it in full precision.
        AssertClose([0.84376437490463352, 0.56191461778012808], Named("Serial").Run(digits, options));
    }

    private static RandomnessTest Named(string test) =>
        test switch
        {
            "Frequency" => new FrequencyTest(),
            "BlockFrequency" => new BlockFrequencyTest(),
            "Runs" => new RunsTest(),
            "LongestRun" => new LongestRunTest(),
            "Universal" => new UniversalTest(),
            "Serial" => new SerialTest(),
            "ApproximateEntropy" => new ApproximateEntropyTest(),
            "CumulativeSums" => new CumulativeSumsTest(),
            "RandomExcursions" => new RandomExcursionsTest(),
            _ => new RandomExcursionsVariantTest(),
        };

    private static void AssertClose(double[] expected, RandomnessTestResult result)
    {
        Assert.Null(result.Inapplicable);
        Assert.Equal(expected.Length, result.PValues.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            var actual = result.PValues[i].Value;
            Assert.True(
                Math.Abs(actual - expected[i]) <= RelativeTolerance * expected[i],
                $"{result.Name} {result.PValues[i].Name}: expected {expected[i]:R}, was {actual:R}, relative {(actual - expected[i]) / expected[i]:E2}"
            );
        }
    }
}
