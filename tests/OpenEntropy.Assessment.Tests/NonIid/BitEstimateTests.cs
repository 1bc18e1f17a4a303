using OpenEntropy.Assessment.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>The estimators of counts and of bits against plain versions of themselves, step by step as the standard has them.</summary>
public sealed class BitEstimateTests
{
    private const double Rounding = 1e-9;

    // The six of step 3 of 6.3.3.
    private static readonly int[][] s_sequences =
    [
        Sequence(_ => 0),
        Sequence(i => i & 1),
        Sequence(i => i == 0 ? 0 : 1),
        Sequence(i => i == 0 ? 1 : 0),
        Sequence(i => 1 - (i & 1)),
        Sequence(_ => 1),
    ];

    [Fact]
    public void MostCommonValue_OfAnySymbols_IsThatOfThePlainVersion()
    {
        var random = new SplitMix(21);
        for (var i = 0; i < 300; i++)
        {
            var alphabet = 2 + random.Below(255);
            var symbols = new byte[2 + random.Below(300)];
            foreach (ref var symbol in symbols.AsSpan())
                symbol = (byte)Math.Min(random.Below(alphabet), random.Below(alphabet));
            var actual = MostCommonValueEstimate.Of(symbols)!;

            var mode = symbols.CountBy(symbol => symbol).Max(pair => pair.Value);
            var p = (double)mode / symbols.Length;
            var upper = Math.Min(1, p + 2.5758293035489008 * Math.Sqrt(p * (1 - p) / (symbols.Length - 1)));
            Assert.Equal((mode, p, upper), (actual.ModeCount, actual.PHat, actual.PUpper));
            Assert.Equal(-Math.Log2(upper), actual.MinEntropy);
        }
    }

    [Fact]
    public void Collision_OfAnyBits_IsThatOfThePlainVersion()
    {
        foreach (var bits in Sequences.Bits(22, 500, 400))
        {
            var times = CollisionTimes(bits);
            var actual = CollisionEstimate.Of(bits);
            if (times.Count < 2)
            {
                Assert.Null(actual);
                continue;
            }

            var mean = times.Average();
            var deviation = Math.Sqrt(times.Sum(t => (t - mean) * (t - mean)) / (times.Count - 1));
            var lower = Math.Max(2, mean - 2.5758293035489008 * deviation / Math.Sqrt(times.Count));
            Assert.Equal((times.Count, times.Sum()), (actual!.Collisions, actual.BitsToCollisions));
            Assert.Equal(mean, actual.Mean);
            Assert.Equal(deviation, actual.StandardDeviation, Rounding);
            Assert.Equal(lower, actual.LowerMean, Rounding);
            Assert.Equal(lower < 2.5, actual.FoundP);
            // The expected time of step 7, which p must give.
            if (actual.FoundP)
                Assert.Equal(actual.LowerMean, 2 + 2 * actual.P * (1 - actual.P), Rounding);
            else
                Assert.Equal((0.5, 1.0), (actual.P, actual.MinEntropy));
        }
    }

    [Fact]
    public void Markov_OfAnyBits_IsThatOfThePlainVersion()
    {
        foreach (var bits in Sequences.Bits(23, 500, 400))
        {
            var actual = MarkovEstimate.Of(bits)!;
            var p = new[] { actual.P00, actual.P01, actual.P10, actual.P11 };
            for (var pair = 0; pair < 4; pair++)
                Assert.Equal(Transition(bits, pair >> 1, pair & 1), p[pair], Rounding);
            Assert.Equal(bits.Count(bit => bit == 0) / (double)bits.Length, actual.P0);

            var likeliest = s_sequences.Max(sequence => Log2(sequence, actual.P0, actual.P1, p));
            Assert.Equal(Math.Min(1, -likeliest / 128), actual.MinEntropy, Rounding);
            Assert.Equal(Math.Pow(2, Math.Max(-128, likeliest)), actual.PHatMax, Rounding);
        }
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1 })]
    public void Estimates_OfFewerThanTwo_AreNone(byte[] bits)
    {
        Assert.Null(MostCommonValueEstimate.Of(bits));
        Assert.Null(CollisionEstimate.Of(bits));
        Assert.Null(MarkovEstimate.Of(bits));
    }

    [Fact]
    public void Estimates_OfTwoDifferentBits_AreThoseThatCanBe()
    {
        var mostCommon = MostCommonValueEstimate.Of([0, 1])!;
        Assert.Equal((1L, 0.5, 1.0, 0.0), (mostCommon.ModeCount, mostCommon.PHat, mostCommon.PUpper, mostCommon.MinEntropy));
        Assert.Null(CollisionEstimate.Of([0, 1]));
        // Nothing was seen to follow a one, so none of the six sequences is possible, and the tool says 1 as well.
        Assert.Equal(1.0, MarkovEstimate.Of([0, 1])!.MinEntropy);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Estimates_OfConstantBits_AreZeroAndNotLess(byte bit)
    {
        var bits = Enumerable.Repeat(bit, 1000).ToArray();
        // The bits of zero tell it from minus zero.
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(MostCommonValueEstimate.Of(bits)!.MinEntropy));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(CollisionEstimate.Of(bits)!.MinEntropy));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(MarkovEstimate.Of(bits)!.MinEntropy));
    }

    [Fact]
    public void Estimates_OfAlternatingBits_AreSeenByMarkovAlone()
    {
        byte[] bits = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i & 1))];
        Assert.True(MostCommonValueEstimate.Of(bits)!.MinEntropy > 0.9);
        var collision = CollisionEstimate.Of(bits)!;
        Assert.Equal((1000L, 3.0, false, 1.0), (collision.Collisions, collision.Mean, collision.FoundP, collision.MinEntropy));
        Assert.Equal(1 / 128.0, MarkovEstimate.Of(bits)!.MinEntropy, Rounding);
    }

    [Fact]
    public void Estimates_OfLongBits_CallTheCheckpoint()
    {
        var (bits, calls) = (new byte[1 << 24], 0);
        MostCommonValueEstimate.Of(bits, () => calls++);
        Assert.True(calls >= 2);
        calls = 0;
        CollisionEstimate.Of(bits, () => calls++);
        Assert.True(calls >= 2);
        calls = 0;
        MarkovEstimate.Of(bits, () => calls++);
        Assert.True(calls >= 2);
    }

    private static List<int> CollisionTimes(byte[] bits)
    {
        var (times, start) = (new List<int>(), 0);
        while (true)
        {
            var seen = new HashSet<byte>();
            var end = start;
            while (end < bits.Length && seen.Add(bits[end]))
                end++;
            if (end == bits.Length)
                return times;
            times.Add(end - start + 1);
            start = end + 1;
        }
    }

    private static double Transition(byte[] bits, int from, int to)
    {
        var pairs = bits.Zip(bits.Skip(1)).Where(pair => pair.First == from).ToArray();
        return pairs.Length == 0 ? 0 : pairs.Count(pair => pair.Second == to) / (double)pairs.Length;
    }

    /// <summary>log2 of the probability of a sequence, a bit at a time.</summary>
    private static double Log2(int[] sequence, double p0, double p1, double[] transitions) =>
        Math.Log2(sequence[0] == 0 ? p0 : p1)
        + sequence.Zip(sequence.Skip(1)).Sum(pair => Math.Log2(transitions[2 * pair.First + pair.Second]));

    private static int[] Sequence(Func<int, int> bit) => [.. Enumerable.Range(0, 128).Select(bit)];
}
