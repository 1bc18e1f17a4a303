using OpenEntropy.Assessment.Numerics;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Tests.Randomness;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Numerics;

public sealed class RealSpectrumTests
{
    /// <summary>Every small length, then products of 2, 3 and 5, primes, twice primes, and squares of primes.</summary>
    public static TheoryData<int> Lengths =>
        [
            .. Enumerable.Range(2, 298),
            375,
            512,
            625,
            729,
            1000,
            1024,
            1250,
            1458,
            1009,
            2018,
            961,
            1922,
            1331,
            56,
            88,
            616,
            1736,
            2024,
            2 * 3 * 5 * 64,
        ];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void SquaredModuli_OfAnyLength_AreThoseOfTheDefinition(int length)
    {
        // The definition takes n² steps: of the longer ones, two kinds will do.
        foreach (var kind in length < 300 ? BitSources.Kinds : ["fair", "period"])
        {
            var bits = BitSources.Bits(kind, length, 1);
            var moduli = RealSpectrum.SquaredModuli(BitSequence.FromBits(bits));

            Assert.Equal(length / 2, moduli.Length);
            for (var k = 0; k < moduli.Length; k++)
                AssertClose(bits, k, moduli[k]);
        }
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(999_983)]
    [InlineData(999_992)]
    [InlineData(999_958)]
    [InlineData(531_441)]
    [InlineData(524_288)]
    public void SquaredModuli_OfLongSequence_AreThoseOfTheDefinition(int length)
    {
        var bits = BitSources.Bits("fair", length, 4);

        var moduli = RealSpectrum.SquaredModuli(BitSequence.FromBits(bits));

        foreach (var k in (int[])[0, 1, 2, 777, length / 5, length / 4, (length / 2) - 1])
            AssertClose(bits, k, moduli[k]);
    }

    [Fact]
    public void SquaredModuli_OfLongSequence_CallsCheckpointOften()
    {
        var calls = 0;

        RealSpectrum.SquaredModuli(BitSequence.FromBits(BitSources.Bits("fair", 200_003, 5)), () => calls++);

        Assert.True(calls > 50, $"{calls} calls");
    }

    /// <summary>Asserts |X_k|² to 10⁻¹⁰ of n, the mean of them all.</summary>
    private static void AssertClose(byte[] bits, int k, double actual)
    {
        var (re, im) = (0.0, 0.0);
        for (var j = 0; j < bits.Length; j++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * ((long)j * k % bits.Length) / bits.Length);
            re += ((2 * bits[j]) - 1) * cos;
            im -= ((2 * bits[j]) - 1) * sin;
        }

        var expected = (re * re) + (im * im);
        Assert.True(
            Math.Abs(actual - expected) <= 1e-10 * (bits.Length + expected),
            $"n = {bits.Length}, k = {k}: expected {expected:R}, was {actual:R}"
        );
    }
}
