using System.Numerics;
using OpenEntropy.Assessment.Numerics;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

/// <summary>Probabilities and moments that the corrected mode computes, derived another way or read from the papers.</summary>
public sealed class DerivedFigureTests
{
    [Theory]
    [InlineData(128, 8, new[] { 1, 2, 3, 4 })]
    [InlineData(6_272, 128, new[] { 4, 5, 6, 7, 8, 9 })]
    [InlineData(750_000, 10_000, new[] { 10, 11, 12, 13, 14, 15, 16 })]
    public void LongestRunClasses_Exact_AreThoseOfTheMarkovChain(int n, int blockLength, int[] classes)
    {
        var exact = LongestRunClasses.For(n).Exact();
        var expected = PlainBitTests.LongestRunProbabilities(blockLength, classes, isSts: false);

        Assert.Equal(blockLength, LongestRunClasses.For(n).BlockLength);
        Assert.Equal(1, exact.Sum(), 1e-12);
        Assert.All(exact.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-11));
    }

    [Fact]
    public void LongestRunClasses_OfEightBits_AreThoseCounted()
    {
        var counts = new double[4];
        for (var value = 0; value < 256; value++)
        {
            var longest = Enumerable.Range(0, 9).Last(length => Contains(value, (1 << length) - 1));
            counts[Math.Clamp(longest - 1, 0, 3)]++;
        }

        Assert.Equal(counts.Select(count => count / 256), LongestRunClasses.For(128).Exact());

        static bool Contains(int value, int ones) => Enumerable.Range(0, 8).Any(shift => ((value >> shift) & ones) == ones);
    }

    [Theory]
    [InlineData(6, 0.3489769, 0.3941338)]
    [InlineData(7, 0.3631815, 0.3813210)]
    [InlineData(8, 0.3732189, 0.3730195)]
    [InlineData(12, 0.3893189, 0.3610336)]
    public void UniversalMoments_Of_AreThoseOfCoronAndNaccache(int length, double d, double e)
    {
        var moments = UniversalMoments.Of(length);

        Assert.Equal(d, moments.D, 1e-7);
        Assert.Equal(e, moments.E, 1e-7);
    }

    [Theory]
    [InlineData(6, 5.2177052, 2.954)]
    [InlineData(7, 6.1962507, 3.125)]
    [InlineData(10, 9.1723243, 3.356)]
    [InlineData(13, 12.168070, 3.410)]
    public void UniversalMoments_Of_RoundToThePublicationsTable(int length, double mean, double variance)
    {
        var moments = UniversalMoments.Of(length);

        Assert.Equal(mean, moments.Mean, 6e-7);
        Assert.Equal(variance, moments.Variance, 6e-4);
    }

    [Fact]
    public void UniversalMoments_Deviation_IsThatOfRandomSequences()
    {
        // 1,000 distances a sequence, blocks of 3 bits; the variance of 1,500 means is known to 3.7 %, one standard deviation. Independent
        // distances would have 3.6 times the variance.
        const int Sequences = 1500;
        var moments = UniversalMoments.Of(3);
        var squares = 0.0;
        for (var i = 0; i < Sequences; i++)
        {
            var bits = BitSequence.FromBits(BitSources.Bits("fair", 3 * 1080, (ulong)(1_000_003 * i)));
            squares += Math.Pow((UniversalTest.SumOfLogarithms(bits, 3, 80, 1000, null) / 1000) - moments.Mean, 2);
        }

        var expected = Math.Pow(moments.Deviation(1000), 2);
        Assert.InRange(squares / Sequences / expected, 0.88, 1.12);
    }

    [Fact]
    public void RandomExcursions_Exact_AddUpToOne()
    {
        for (var state = 1; state <= ExcursionCounts.FarthestStateOfCycle; state++)
            Assert.Equal(1, RandomExcursionsTest.Exact(state).Sum(), 1e-15);
        // 3.14, the row of x = 3.
        Assert.Equal(0.0804, RandomExcursionsTest.Exact(3)[5], 5e-5);
    }

    [Fact]
    public void CumulativeSums_FarInTheTail_KeepsItsDigitsWhenCorrected()
    {
        // All ones: z = n, and what is left of the sum is 4 Q(√n) − 2 Q(3 √n).
        var ones = BitSequence.FromBits(BitSources.Bits("ones", 400, 1));
        var corrected = new CumulativeSumsTest().Run(ones, new()).PValues[0].Value;
        var sts = new CumulativeSumsTest().Run(ones, new() { Mode = Sp80022Mode.Sts212 }).PValues[0].Value;

        var expected = 4 * Distributions.NormalCdf(-20);
        Assert.Equal(1, corrected / expected, 1e-12);
        Assert.True(sts < 1e-15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(13)]
    public void PatternCounts_Shorter_IsACountOfItsOwn(int length)
    {
        foreach (var n in new[] { 1, 20, 64, 95, 96, 1000 })
        {
            var bits = BitSequence.FromBits(BitSources.Bits("sticky", n, (ulong)n));
            var folded = PatternCounts.Shorter(PatternCounts.Circular(bits, length + 1, null));

            Assert.Equal(PatternCounts.Circular(bits, length, null), folded);
            Assert.Equal(n, folded.Sum(count => count));
            Assert.True(BitOperations.IsPow2(folded.Length));
        }
    }
}
