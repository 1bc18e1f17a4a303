using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

public sealed class LinearComplexityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(500)]
    [InlineData(513)]
    public void LinearComplexity_OfAnyBlock_IsThatOfThePlainAlgorithm(int blockLength)
    {
        var register = new BerlekampMassey(blockLength);
        foreach (var kind in BitSources.Kinds)
        {
            var bits = BitSources.Bits(kind, 3 * blockLength + 7, 1);
            var sequence = BitSequence.FromBits(bits);
            foreach (var start in (int[])[0, 5, blockLength, (2 * blockLength) + 7])
                Assert.Equal(ReferenceComplexity(bits.AsSpan(start, blockLength)), register.LinearComplexity(sequence, start));
        }
    }

    /// <summary>2.10.4 and its example: 1101011110001 has the complexity 4.</summary>
    [Fact]
    public void LinearComplexity_OfThePublicationsExample_Is4() =>
        Assert.Equal(4, new BerlekampMassey(13).LinearComplexity(BitSources.Parse("1101011110001"), 0));

    [Theory]
    [InlineData(500)]
    [InlineData(499)]
    public void LinearComplexity_OfALastOneOnly_IsTheLength(int blockLength)
    {
        var bits = new byte[blockLength];
        bits[^1] = 1;

        Assert.Equal(blockLength, new BerlekampMassey(blockLength).LinearComplexity(BitSequence.FromBits(bits), 0));
    }

    /// <summary>All blocks of a short length, even and odd, fall into the classes with their probabilities.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    public void Class_OfAllBlocks_HasTheProbabilities(int blockLength)
    {
        var counts = new int[7];
        var register = new BerlekampMassey(blockLength);
        for (var block = 0; block < 1 << blockLength; block++)
        {
            var bits = Enumerable.Range(0, blockLength).Select(i => (byte)((block >> i) & 1)).ToArray();
            counts[LinearComplexityTest.Class(register.LinearComplexity(BitSequence.FromBits(bits), 0), blockLength)]++;
        }

        for (var i = 0; i < counts.Length; i++)
            Assert.Equal(LinearComplexityTest.Probabilities[i], counts[i] / Math.Pow(2, blockLength), 1e-4);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(501)]
    public void Run_OfRandomBits_FindsNothing(int blockLength)
    {
        foreach (var mode in Enum.GetValues<Sp80022Mode>())
        {
            var result = new LinearComplexityTest().Run(
                BitSequence.FromBits(BitSources.Bits("fair", 200 * blockLength, 31)),
                new RandomnessOptions { LinearComplexityLength = blockLength, Mode = mode }
            );

            Assert.InRange(result.PValues.Single().Value, 1e-3, 1);
            Assert.Contains("1,000,000", result.Caution, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_OfAShiftRegister_FindsIt()
    {
        var bits = BitSources.Bits("fair", 100_000, 32);
        for (var i = 89; i < bits.Length; i++)
            bits[i] = (byte)(bits[i - 38] ^ bits[i - 89]);

        var result = new LinearComplexityTest().Run(BitSequence.FromBits(bits), new RandomnessOptions());

        Assert.Equal(200, result.Statistics.Single(statistic => statistic.Name == "v0").Value);
        Assert.InRange(result.PValues.Single().Value, 0, 1e-100);
    }

    [Theory]
    [InlineData(500, 99_999, "100,000 bits")]
    [InlineData(5000, 999_999, "1,000,000 bits")]
    public void Run_OfTooFewBlocks_SaysHowManyBitsAreNeeded(int blockLength, int length, string needed)
    {
        var bits = BitSequence.FromBits(BitSources.Bits("fair", length, 33));

        var result = new LinearComplexityTest().Run(bits, new RandomnessOptions { LinearComplexityLength = blockLength });

        Assert.Empty(result.PValues);
        Assert.Contains(needed, result.Inapplicable, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(499)]
    [InlineData(5001)]
    public void Options_OfLengthOutOfRange_NameItAndTheRange(int blockLength)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new RandomnessOptions { LinearComplexityLength = blockLength });

        Assert.Contains("LinearComplexityLength is 500 to 5,000", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Massey's algorithm, a bit at a time.</summary>
    private static int ReferenceComplexity(ReadOnlySpan<byte> bits)
    {
        var (connection, previous) = (new byte[bits.Length + 1], new byte[bits.Length + 1]);
        (connection[0], previous[0]) = (1, 1);
        var (complexity, last) = (0, -1);
        for (var n = 0; n < bits.Length; n++)
        {
            var discrepancy = 0;
            for (var i = 0; i <= complexity; i++)
                discrepancy ^= connection[i] & bits[n - i];
            if (discrepancy == 0)
                continue;
            var old = (byte[])connection.Clone();
            for (var i = 0; i + n - last < connection.Length; i++)
                connection[i + n - last] ^= previous[i];
            if (complexity <= n / 2)
                (complexity, last, previous) = (n + 1 - complexity, n, old);
        }

        return complexity;
    }
}
