using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Calibration;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness;

/// <summary>The calibration in small; at its full size it is a program of its own, whose result is docs/calibration.md.</summary>
public sealed class CalibrationTests
{
    /// <summary>These take nearly all the time; and the approximate entropy of blocks of 10 bits is for 2^16 bits and more.</summary>
    private static readonly string[] LeftOut = ["Kolmogorov complexity, upper bound", "Linear complexity", "Approximate entropy"];

    [Fact]
    public void Run_OfGoodSequences_IsWithinItsIntervals()
    {
        var options = new CalibrationOptions { Sequences = 200, Bits = 20_000 };
        var results = CalibrationRun.Of(options, TextWriter.Null, [.. RandomnessBattery.All.Where(test => !LeftOut.Contains(test.Name))]);
        var report = CalibrationReport.Of(options, results);

        Assert.All(report.Rows, row => Assert.Equal(row.Applicable < 55 ? ["not applied"] : [], row.Outside));
        Assert.True(report.Rows.Count(row => row.Applicable == options.Sequences) > 20);
        // Sequences of this length are too short for some.
        Assert.False(report.IsCalibrated);
        RandomnessTestResult[][] applied =
        [
            .. results.Select(of => of.Where((_, test) => results.All(other => other[test].Inapplicable is null)).ToArray()),
        ];
        Assert.Contains("nothing is outside", CalibrationReport.Of(options, applied).ToMarkdown(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, "P_T, D")]
    [InlineData(0.005, "α = 0.01, P_T, D")]
    public void Report_OfWrongPValues_SaysWhatIsOutside(double p, string outside)
    {
        var options = new CalibrationOptions { Sequences = 200 };
        var result = RandomnessBattery.All[0].Run(BitSequence.FromBits(BitSources.Bits("fair", 1000, 1)), new());
        var report = CalibrationReport.Of(options, [.. Enumerable.Repeat(new[] { result with { PValues = [new PValue("", p)] } }, 200)]);

        Assert.False(report.IsCalibrated);
        Assert.Equal(outside, string.Join(", ", Assert.Single(report.Rows).Outside));
    }

    [Theory]
    [InlineData("--sequences", "54")]
    [InlineData("--bits")]
    [InlineData("--colour", "1")]
    [InlineData("--tests", "some")]
    public void Parse_OfWrongArguments_IsRefused(params string[] arguments) =>
        Assert.Throws<FormatException>(() => CalibrationOptions.Parse(arguments));

    [Theory]
    [InlineData(2000, 0.01, 0.001)]
    [InlineData(55, 0.001, 0.00001)]
    public void Interval_OfCounts_LeavesOutNoMoreThanAllowed(int trials, double probability, double outside)
    {
        var interval = BinomialInterval.Of(trials, probability, outside);
        var masses = new double[trials + 1];
        masses[0] = Math.Pow(1 - probability, trials);
        for (var k = 0; k < trials; k++)
            masses[k + 1] = masses[k] * (trials - k) / (k + 1) * probability / (1 - probability);

        Assert.InRange(masses[(interval.Most + 1)..].Sum(), 0, outside / 2);
        Assert.InRange(masses[interval.Most..].Sum(), outside / 2, 1);
        Assert.InRange(masses[..interval.Least].Sum(), 0, outside / 2);
        Assert.InRange(masses[..(interval.Least + 1)].Sum(), outside / 2, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(54)]
    public void Report_OfATestThatHardlyApplied_DoesNotCallItCalibrated(int applied)
    {
        var options = new CalibrationOptions { Sequences = 200 };
        var none = new RandomnessOptions();
        var result = RandomnessBattery.All[0].Run(BitSequence.FromBits(BitSources.Bits("fair", 1000, 1)), none);
        var results = Enumerable
            .Range(0, 200)
            .Select(i =>
                new[]
                {
                    i < applied
                        ? result with
                        {
                            PValues = [new PValue("", (i + 0.5) / applied)],
                        }
                        : result with
                        {
                            PValues = [],
                            Inapplicable = "It is too short.",
                        },
                }
            );

        var report = CalibrationReport.Of(options, [.. results]);

        Assert.False(report.IsCalibrated);
        Assert.Equal("not applied", Assert.Single(Assert.Single(report.Rows).Outside));
        Assert.Contains("| **not applied** |", report.ToMarkdown(), StringComparison.Ordinal);
    }
}
