using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

/// <summary>The tests against their plain versions, on sequences of all kinds and lengths.</summary>
public sealed class PlainVersionTests
{
    /// <summary>What rounding leaves of p-values that plain sums have only absolutely (1 − Σ + Σ, or chi-square near 0).</summary>
    private const double AbsoluteTolerance = 1e-12;

    private static readonly int[] Lengths =
    [
        1,
        2,
        3,
        7,
        8,
        9,
        31,
        63,
        64,
        65,
        100,
        127,
        128,
        129,
        191,
        1000,
        1003,
        4096,
        6271,
        6272,
        12_345,
    ];

    public static TheoryData<string, Sp80022Mode> Cases
    {
        get
        {
            var cases = new TheoryData<string, Sp80022Mode>();
            foreach (var kind in BitSources.Kinds)
            {
                cases.Add(kind, Sp80022Mode.Corrected);
                cases.Add(kind, Sp80022Mode.Sts212);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_OfBitTests_IsAsThePlainVersion(string kind, Sp80022Mode mode) =>
        ForEachSequence(
            kind,
            (bits, round) =>
            {
                var options = new RandomnessOptions { Mode = mode, BlockFrequencyLength = 2 + (round * 37 % 200) };
                var isSts = mode == Sp80022Mode.Sts212;
                AssertSame(PlainBitTests.Frequency(bits), new FrequencyTest(), bits, options);
                AssertSame(PlainBitTests.BlockFrequency(bits, options.BlockFrequencyLength), new BlockFrequencyTest(), bits, options);
                AssertSame(PlainBitTests.Runs(bits, isSts), new RunsTest(), bits, options);
                AssertSame(PlainBitTests.LongestRun(bits, isSts), new LongestRunTest(), bits, options);
                AssertSame(null, new UniversalTest(), bits, options);
            }
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_OfPatternTests_IsAsThePlainVersion(string kind, Sp80022Mode mode) =>
        ForEachSequence(
            kind,
            (bits, round) =>
            {
                var options = new RandomnessOptions
                {
                    Mode = mode,
                    SerialLength = 2 + (round % 9),
                    ApproximateEntropyLength = 1 + (round % 8),
                };
                AssertSame(PlainPatternTests.Serial(bits, options.SerialLength), new SerialTest(), bits, options);
                AssertSame(
                    PlainPatternTests.ApproximateEntropy(bits, options.ApproximateEntropyLength),
                    new ApproximateEntropyTest(),
                    bits,
                    options
                );
            }
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_OfWalkTests_IsAsThePlainVersion(string kind, Sp80022Mode mode) =>
        ForEachSequence(
            kind,
            (bits, _) =>
            {
                var options = new RandomnessOptions { Mode = mode };
                AssertSame(PlainWalkTests.CumulativeSums(bits), new CumulativeSumsTest(), bits, options);
                AssertSame(
                    PlainWalkTests.RandomExcursions(bits, mode == Sp80022Mode.Sts212),
                    new RandomExcursionsTest(),
                    bits,
                    options,
                    1e-7
                );
                AssertSame(PlainWalkTests.RandomExcursionsVariant(bits), new RandomExcursionsVariantTest(), bits, options);
            }
        );

    [Theory]
    [InlineData("fair", 400_000)]
    [InlineData("fair", 920_003)]
    [InlineData("biased", 760_001)]
    [InlineData("sticky", 390_000)]
    [InlineData("zeros", 905_000)]
    public void Run_OfLongSequences_IsAsThePlainVersion(string kind, int length)
    {
        var bits = BitSources.Bits(kind, length, 77);
        foreach (var mode in Enum.GetValues<Sp80022Mode>())
        {
            var options = new RandomnessOptions { Mode = mode };
            var isSts = mode == Sp80022Mode.Sts212;
            AssertSame(PlainBitTests.LongestRun(bits, isSts), new LongestRunTest(), bits, options);
            AssertSame(PlainBitTests.Universal(bits, isSts, ExactMoments), new UniversalTest(), bits, options);
            AssertSame(PlainWalkTests.RandomExcursions(bits, isSts), new RandomExcursionsTest(), bits, options, 1e-7);
            AssertSame(PlainWalkTests.RandomExcursionsVariant(bits), new RandomExcursionsVariantTest(), bits, options);
        }
    }

    private static (double Mean, double Deviation) ExactMoments(int length, int tested)
    {
        var moments = UniversalMoments.Of(length);
        return (moments.Mean, moments.Deviation(tested));
    }

    private static void ForEachSequence(string kind, Action<byte[], int> assert)
    {
        for (var round = 0; round < Lengths.Length; round++)
            assert(BitSources.Bits(kind, Lengths[round], (ulong)round), round);
    }

    private static void AssertSame(
        double[]? expected,
        RandomnessTest test,
        byte[] bits,
        RandomnessOptions options,
        double relativeTolerance = 1e-10
    )
    {
        var result = test.Run(BitSequence.FromBits(bits), options);
        Assert.Equal(expected is null, result.Inapplicable is not null);
        Assert.Equal(expected?.Length ?? 0, result.PValues.Count);
        for (var i = 0; i < result.PValues.Count; i++)
        {
            var actual = result.PValues[i].Value;
            Assert.InRange(actual, 0, 1);
            Assert.True(
                Math.Abs(actual - expected![i]) <= (relativeTolerance * expected[i]) + AbsoluteTolerance,
                $"{test.Name} of {bits.Length} bits, {options.Mode}: expected {expected[i]:R}, was {actual:R}"
            );
        }
    }
}
