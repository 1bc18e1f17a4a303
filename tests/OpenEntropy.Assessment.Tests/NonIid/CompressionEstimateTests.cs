using OpenEntropy.Assessment.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

public sealed class CompressionEstimateTests
{
    [Fact]
    public void Of_AnyBits_IsThatOfThePlainVersion()
    {
        var random = new SplitMix(31);
        for (var i = 0; i < 60; i++)
        {
            var bits = Sequences.Bits(random, i % 5, 6012 + random.Below(9000));
            var actual = CompressionEstimate.Of(bits)!;
            var distances = Distances(bits);
            var v = distances.Count;

            var mean = distances.Average(distance => Math.Log2(distance));
            var variance = distances.Sum(distance => Math.Pow(Math.Log2(distance), 2)) / (v - 1) - mean * mean;
            Assert.Equal(mean, actual.Mean, 1e-12);
            Assert.Equal(0.5907 * Math.Sqrt(Math.Max(0, variance)), actual.StandardDeviation, 1e-6);
            Assert.Equal(actual.Mean - 2.5758293035489008 * actual.StandardDeviation / Math.Sqrt(v), actual.LowerMean, 1e-12);
            Assert.Equal(actual.FoundP ? -Math.Log2(actual.P) / 6 : 1.0, actual.MinEntropy, 1e-15);
            AssertRoot(actual, bits.Length / 6);
        }
    }

    [Theory]
    [InlineData(1.0 / 64)]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.99999)]
    public void ExpectationAndApproximation_AreTheStandardsDoubleSum(double p)
    {
        foreach (var blocks in (int[])[1002, 1500, 2047, 2048, 5000])
        {
            var logarithms = new IntegerLogarithms(blocks);
            var plain = Expected(p, blocks);
            Assert.Equal(1, new CompressionExpectation(blocks, logarithms, null).At(p) / plain, 1e-11);
            Assert.Equal(1, new CompressionApproximation(blocks, logarithms, null).At(p) / plain, 1e-11);
        }
    }

    [Fact]
    public void Find_BesideTheApproximateRoot_IsThePlainBisection()
    {
        var random = new SplitMix(32);
        for (var i = 0; i < 40; i++)
        {
            var blocks = 1002 + random.Below(30_000);
            // All that a mean can be, also next to the highest that has a p.
            var exact = new CompressionExpectation(blocks, new IntegerLogarithms(blocks), null);
            var highest = exact.At(1.0 / 64);
            var mean = i % 4 == 0 ? highest * (1 - Math.ScaleB(random.Unit(), -random.Below(50))) : random.Unit() * highest;
            if (i % 7 == 0)
                mean = Math.ScaleB(mean, -random.Below(60));

            var expected = highest > mean ? Bisection.Solve(exact.At, mean, 1.0 / 64, 1.0 / 64) : 1.0 / 64;
            Assert.Equal(expected, CompressionRoot.Find(blocks, mean, null));
        }
    }

    [Fact]
    public void Find_OfAMeanThatNoProbabilityExplains_IsTheLeast() => Assert.Equal(1.0 / 64, CompressionRoot.Find(2000, 7.0, null));

    [Fact]
    public void Find_OfAMeanBelowAll_IsOne() => Assert.Equal(1.0, CompressionRoot.Find(2000, -0.1, null));

    [Theory]
    [InlineData(0)]
    [InlineData(6000)]
    [InlineData(6011)]
    public void Of_TooFewBits_IsNone(int bits) => Assert.Null(CompressionEstimate.Of(new byte[bits]));

    [Fact]
    public void Of_TheFewestBits_IsANumber()
    {
        foreach (var seed in Enumerable.Range(0, 50))
        {
            var estimate = CompressionEstimate.Of(Sequences.Bits(new SplitMix((ulong)seed), seed % 5, 6012))!;
            Assert.InRange(estimate.MinEntropy, 0, 1);
            Assert.True(double.IsFinite(estimate.StandardDeviation) && double.IsFinite(estimate.LowerMean));
        }
    }

    [Fact]
    public void Of_ConstantBits_IsZeroAndNotLess()
    {
        var estimate = CompressionEstimate.Of(new byte[60_000])!;
        Assert.Equal((0.0, 0.0, 0.0, 1.0), (estimate.Mean, estimate.StandardDeviation, estimate.LowerMean, estimate.P));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(estimate.MinEntropy));
    }

    [Fact]
    public void Of_LongBits_CallsTheCheckpoint()
    {
        var calls = 0;
        CompressionEstimate.Of(new byte[1_000_000], () => calls++);
        Assert.True(calls > 10);
    }

    private static void AssertRoot(CompressionEstimate actual, int blocks)
    {
        if (!actual.FoundP)
            Assert.True(Expected(1.0 / 64, blocks) <= actual.LowerMean * (1 + 1e-9));
        else if (actual.P < 1)
            Assert.Equal(actual.LowerMean, Expected(actual.P, blocks), 1e-8);
        else
            Assert.True(actual.LowerMean < 1e-8);
    }

    private static List<int> Distances(byte[] bits)
    {
        var (last, distances) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<int>());
        for (var i = 1; i <= bits.Length / 6; i++)
        {
            var block = string.Concat(bits.Skip(6 * (i - 1)).Take(6));
            if (i > 1000)
                distances.Add(i - last.GetValueOrDefault(block));
            last[block] = i;
        }

        return distances;
    }

    /// <summary>Step 7: (G(p) + 63 G((1 - p) / 63)), with G the double sum over t and u.</summary>
    private static double Expected(double p, int blocks) => G(p, blocks) + 63 * G((1 - p) / 63, blocks);

    private static double G(double z, int blocks)
    {
        // The inner sum over u below t grows by one term with each t.
        var (sum, inner) = (0.0, 0.0);
        for (var t = 1; t <= blocks; t++)
        {
            var tail = Math.Log2(t) * Math.Pow(1 - z, t - 1);
            if (t > 1000)
                sum += inner + z * tail;
            inner += z * z * tail;
        }

        return sum / (blocks - 1000);
    }
}
