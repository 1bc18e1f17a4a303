using OpenEntropy.Assessment.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

public sealed class PredictionEstimateTests
{
    [Fact]
    public void Of_AnyCounts_IsThatOfThePlainVersion()
    {
        var random = new SplitMix(41);
        for (var i = 0; i < 400; i++)
        {
            var predictions = 1 + random.Below(1 << (1 + random.Below(23)));
            var correct = random.Below(3) == 0 ? random.Below(2) * predictions : random.Below(predictions + 1);
            var runBound = 1 + random.Below(Math.Min(correct, 1 << random.Below(20)) + 1);
            var alphabet = 2 + random.Below(255);
            var actual = Estimate(correct, runBound, predictions, alphabet);

            var p = (double)correct / predictions;
            Assert.Equal(p, actual.PGlobal);
            Assert.Equal(PlainUpper(p, predictions), actual.PGlobalUpper);
            var greatest = Math.Max(actual.PGlobalUpper, 1.0 / alphabet);
            if (actual.PLocal is { } local)
                Assert.InRange(local, greatest, 1.0);
            Assert.Equal(-Math.Log2(Math.Max(greatest, actual.PLocal ?? 0)), actual.MinEntropy);
            Assert.InRange(actual.MinEntropy, 0, 8);
        }
    }

    [Fact]
    public void PLocal_OfAnyRun_MakesItOneInAHundred()
    {
        var random = new SplitMix(42);
        for (var i = 0; i < 100; i++)
        {
            var (predictions, runBound) = (500 + random.Below(5000), 2 + random.Below(40));
            var actual = Estimate(runBound - 1, runBound, predictions, 256);
            if (actual.PLocal is { } local)
                Assert.Equal(0.99, ProbabilityOfNoRun(local, runBound, predictions), 1e-6);
            else
                Assert.True(ProbabilityOfNoRun(Math.Max(1.0 / 256, actual.PGlobalUpper), runBound, predictions) < 0.99 + 1e-6);
        }
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(0, 1, 8_000_000)]
    [InlineData(8_000_000, 8_000_001, 8_000_000)]
    [InlineData(7_999_999, 8_000_000, 8_000_000)]
    [InlineData(4_000_000, 4_000_001, 8_000_000)]
    [InlineData(4_000_000, 2, 8_000_000)]
    [InlineData(1, 2, 8_000_000)]
    public void Of_Extremes_AreNumbers(long correct, long runBound, long predictions)
    {
        foreach (var alphabet in (int[])[2, 256])
        {
            var actual = Estimate(correct, runBound, predictions, alphabet);
            Assert.InRange(actual.MinEntropy, 0, 8);
            Assert.InRange(actual.PGlobalUpper, 0, 1);
            Assert.True(actual.PLocal is null or (> 0 and <= 1));
        }
    }

    [Fact]
    public void Of_AllCorrect_IsZeroAndNotLess()
    {
        var actual = Estimate(1000, 1001, 1000, 2);
        Assert.Equal((1.0, 1.0, null), (actual.PGlobal, actual.PGlobalUpper, actual.PLocal));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(actual.MinEntropy));
    }

    [Fact]
    public void Of_NoneCorrect_BoundsThemByOnePercent()
    {
        var actual = Estimate(0, 1, 1000, 256);
        Assert.Equal(0.01, Math.Pow(1 - actual.PGlobalUpper, 1000), 1e-12);
    }

    [Theory]
    [InlineData(0, 1, 0, 2)]
    [InlineData(-1, 1, 10, 2)]
    [InlineData(11, 1, 10, 2)]
    [InlineData(5, 0, 10, 2)]
    [InlineData(5, 7, 10, 2)]
    [InlineData(5, 3, 10, 1)]
    public void Of_CountsThatDoNotFit_Throws(long correct, long runBound, long predictions, int alphabet) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate(correct, runBound, predictions, alphabet));

    [Fact]
    public void Of_ItsNames_KeepsThem()
    {
        EntropyEstimate actual = PredictionEstimate.Of("Lag Prediction Estimate", "6.3.8", new PredictionCounts(5, 3, 10), 2);
        Assert.Equal(("Lag Prediction Estimate", "6.3.8"), (actual.Estimator, actual.Clause));
    }

    private static PredictionEstimate Estimate(long correct, long runBound, long predictions, int alphabet) =>
        PredictionEstimate.Of("Lag Prediction Estimate", "6.3.8", new PredictionCounts(correct, runBound, predictions), alphabet);

    private static double PlainUpper(double p, long predictions) =>
        p switch
        {
            0 => 1 - Math.Pow(0.01, 1.0 / predictions),
            1 => 1,
            _ => Math.Min(1, p + 2.5758293035489008 * Math.Sqrt(p * (1 - p) / (predictions - 1))),
        };

    /// <summary>Trial by trial, by the length of the run that each ends in.</summary>
    private static double ProbabilityOfNoRun(double p, int run, int trials)
    {
        var states = new double[run];
        states[0] = 1;
        for (var i = 0; i < trials; i++)
        {
            var failure = states.Sum() * (1 - p);
            for (var length = run - 1; length > 0; length--)
                states[length] = states[length - 1] * p;
            states[0] = failure;
        }

        return states.Sum();
    }
}
