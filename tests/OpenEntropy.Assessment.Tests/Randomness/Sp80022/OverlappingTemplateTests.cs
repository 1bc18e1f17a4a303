using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

public sealed class OverlappingTemplateTests
{
    [Fact]
    public void CountRuns_OfAnyPart_IsThatOfTheLiteralSearch()
    {
        foreach (var kind in BitSources.Kinds)
        {
            var bits = BitSources.Bits(kind, 700, 1);
            var sequence = BitSequence.FromBits(bits);
            for (var m = 1; m <= 64; m++)
            {
                for (var start = 0; start < 130; start += 13)
                {
                    foreach (var length in (int[])[m, m + 1, m + 63, m + 64, 200, 700 - start])
                        Assert.Equal(ReferenceCount(bits, start, length, m), OverlappingTemplateTest.CountRuns(sequence, start, length, m));
                }
            }
        }
    }

    [Fact]
    public void Exact_OfNineInBlocksOf1032_HasThePublicationsDigits()
    {
        var exact = OverlappingTemplateProbabilities.Exact(9, 1032);

        Assert.Equal(1, exact.Sum(), 1e-14);
        foreach (var (published, probability) in OverlappingTemplateProbabilities.Published.Zip(exact))
            Assert.Equal(published, probability, 5e-7);
    }

    [Theory]
    [InlineData(2, 9)]
    [InlineData(3, 18)]
    [InlineData(4, 15)]
    [InlineData(1, 12)]
    public void Exact_OfShortBlocks_IsTheShareOfAllOfThem(int m, int blockLength)
    {
        var counts = new int[OverlappingTemplateProbabilities.Classes];
        for (var block = 0; block < 1 << blockLength; block++)
        {
            var bits = Enumerable.Range(0, blockLength).Select(i => (byte)((block >> i) & 1)).ToArray();
            counts[Math.Min(ReferenceCount(bits, 0, blockLength, m), counts.Length - 1)]++;
        }

        var exact = OverlappingTemplateProbabilities.Exact(m, blockLength);

        for (var i = 0; i < counts.Length; i++)
            Assert.Equal(counts[i] / Math.Pow(2, blockLength), exact[i], 1e-15);
    }

    [Fact]
    public void Approximate_OfNineInBlocksOf1032_IsTheCompoundPoissonDistribution()
    {
        // 2.8.4 and 3.8 with η = 1: e^−1, η e^−η / 2, η e^−η (η + 2) / 8, η e^−η (η²/6 + η + 1) / 8, η e^−η (η³/24 + η²/2 + 3η/2 + 1) / 16.
        double[] expected = [1, 1.0 / 2, 3.0 / 8, (1.0 / 6 + 2) / 8, (1.0 / 24 + 1.0 / 2 + 3.0 / 2 + 1) / 16];

        var approximate = OverlappingTemplateProbabilities.Approximate(9, 1032);

        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i] / Math.E, approximate[i], 1e-15);
        Assert.Equal(1, approximate.Sum(), 1e-15);
    }

    [Fact]
    public void Run_OfAnyTemplateLength_HasAPValueOrSaysWhatIsNeeded()
    {
        var bits = BitSequence.FromBits(BitSources.Bits("fair", 700_000, 21));
        foreach (var mode in Enum.GetValues<Sp80022Mode>())
        {
            for (var m = 2; m <= 16; m++)
            {
                var result = new OverlappingTemplateTest().Run(bits, new RandomnessOptions { Mode = mode, OverlappingTemplateLength = m });

                if (result.Inapplicable is null)
                    Assert.InRange(result.PValues.Single().Value, 1e-4, 1);
                else
                    Assert.Contains("blocks of", result.Inapplicable, StringComparison.Ordinal);
                Assert.Equal(m is >= 7 and <= 12 || (mode == Sp80022Mode.Corrected && m < 7), result.Inapplicable is null);
            }
        }
    }

    [Fact]
    public void Run_OfTooManyRuns_FindsThem()
    {
        var result = new OverlappingTemplateTest().Run(
            BitSequence.FromBits(BitSources.Bits("sticky", 200_000, 22)),
            new RandomnessOptions()
        );

        Assert.InRange(result.PValues.Single().Value, 0, 1e-6);
        Assert.Contains("1,000,000", result.Caution, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfTooFewBits_SaysHowManyBlocksAreNeeded()
    {
        var test = new OverlappingTemplateTest();

        var result = test.Run(BitSequence.FromBits(BitSources.Bits("fair", (71 * 1032) - 1, 23)), new RandomnessOptions());

        Assert.Empty(result.PValues);
        Assert.Contains("71 blocks of 1,032 bits", result.Inapplicable, StringComparison.Ordinal);
        Assert.Null(test.Run(BitSequence.FromBits(BitSources.Bits("fair", 71 * 1032, 23)), new RandomnessOptions()).Inapplicable);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void Options_OfLengthOutOfRange_NameItAndTheRange(int m)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new RandomnessOptions { OverlappingTemplateLength = m });

        Assert.Contains("OverlappingTemplateLength is 2 to 16", exception.Message, StringComparison.Ordinal);
    }

    private static int ReferenceCount(byte[] bits, int start, int length, int m)
    {
        var count = 0;
        for (var i = 0; i <= length - m; i++)
            count += bits.AsSpan(start + i, m).Contains((byte)0) ? 0 : 1;
        return count;
    }
}
