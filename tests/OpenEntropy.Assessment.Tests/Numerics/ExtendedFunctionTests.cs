using System.Numerics;
using OpenEntropy.Assessment.Numerics;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Numerics;

public sealed class ExtendedFunctionTests
{
    // Of the reference below: bits behind the point.
    private const int Bits = 200;

    [Fact]
    public void Log2_OfRandomNumbers_IsRightToNinetyBits()
    {
        var random = new SplitMix(11);
        for (var i = 0; i < 400; i++)
            AssertLogarithm(Extended.Scaled(random.Next(), -random.Below(128)));
    }

    [Fact]
    public void Log2_NearOneAndAtTheEndsOfTheTable_IsRightToNinetyBits()
    {
        for (var shift = 0; shift < 63; shift += 3)
        {
            AssertLogarithm(Extended.Scaled((1UL << 63) + (1UL << shift), -63));
            AssertLogarithm(Extended.Scaled(0 - (1UL << shift), -64));
        }

        for (ulong b = 1024; b < 2048; b += 13)
        {
            AssertLogarithm(Extended.Scaled(b << 53, -62));
            AssertLogarithm(Extended.Scaled((b << 53) | ((1UL << 53) - 1), -65));
        }
    }

    [Theory]
    [InlineData(1L, 0.0)]
    [InlineData(2L, 1.0)]
    [InlineData(1L << 40, 40.0)]
    public void Log2_OfPowersOfTwo_IsExact(long value, double expected) => Assert.Equal((Extended)expected, Extended.Log2(value));

    [Fact]
    public void OfInteger_OfSmallAndLargeNumbers_IsTheLogarithmButForTies()
    {
        var (random, different) = (new SplitMix(14), 0);
        for (uint i = 2; i < 20_000; i++)
        {
            var n = i < 10_000 ? i : (uint)(random.Next() >> (32 + random.Below(20))) | 2;
            var (exact, actual) = (Extended.Log2((long)n), BinaryLogarithm.OfInteger(n));
            different += exact == actual ? 0 : 1;
            Assert.Equal(exact.Exponent, actual.Exponent);
            Assert.True(Math.Abs((long)(exact.Significand - actual.Significand)) <= 1);
        }

        // One in a thousand is that near to halfway between two numbers.
        Assert.InRange(different, 0, 100);
    }

    /// <summary>ln 2, ln 3, ln 10 and ln(1 + 2^-40), to 64 bits.</summary>
    [Fact]
    public void Ln_OfWellKnownNumbers_IsTheNearest()
    {
        Assert.Equal(Extended.Scaled(0xb17217f7d1cf79ac, -64), Extended.Ln(2L));
        Assert.Equal(Extended.Scaled(0x8c9f53d5681854bb, -63), Extended.Ln(3L));
        Assert.Equal(Extended.Scaled(0x935d8dddaaa8ac17, -62), Extended.Ln(10L));
        Assert.Equal(Extended.Scaled(0xffffffffff800000, -104), Extended.Ln(1.0 + Math.ScaleB(1, -40)));
        Assert.Equal(-Extended.Ln(2L), Extended.Ln(0.5));
    }

    [Fact]
    public void Pow_ToWholeNumbers_IsTheNearestOfTheExactPower()
    {
        var random = new SplitMix(12);
        for (var i = 0; i < 2000; i++)
        {
            // Significands of 64 bits to powers up to 40: as good as never so near a half that 70 bits would not tell.
            var value = Extended.Scaled(random.Next() | (1UL << 63), -63 - random.Below(3));
            // The third is of two roundings.
            var power = random.Below(4) == 0 ? 1 + random.Below(2) : 4 + random.Below(37);
            var (significand, exponent) = new Exact(
                BigInteger.Pow(value.Significand, power),
                BigInteger.One << (-value.Exponent * power)
            ).Rounded(64);
            Assert.Equal(Extended.Scaled((ulong)significand, exponent), Extended.Pow(value, (long)power));
        }
    }

    [Fact]
    public void Pow_ToTheThird_IsThatOfTwoProducts()
    {
        Extended third = (Extended)1L / 3L;
        Assert.Equal(third * (third * third), Extended.Pow(third, 3L));
    }

    [Fact]
    public void Pow_ToReciprocals_IsTheRoot()
    {
        var random = new SplitMix(13);
        for (var i = 0; i < 400; i++)
        {
            var value = Extended.Scaled(random.Next() | (1UL << 63), -64 - random.Below(20));
            var power = 1 + random.Below(60);
            var root = Exact.Of(Extended.Pow(value, (Extended)1L / (long)power));
            // 1/power is itself rounded, so the root is off by up to |log2 value| units besides the half of its own rounding.
            var back = new Exact(BigInteger.Pow(root.Numerator, power), BigInteger.Pow(root.Denominator, power));
            var error = (back - Exact.Of(value)) / Exact.Of(value);
            Assert.True(BigInteger.Abs(error.Numerator) << 64 < 20 * power * error.Denominator);
        }
    }

    [Theory]
    [InlineData(1.0, 1e9, 1.0)]
    [InlineData(2.0, -3.0, 0.125)]
    [InlineData(0.25, 0.5, 0.5)]
    [InlineData(0.3, 0.0, 1.0)]
    [InlineData(0.3, 1.0, 0.3)]
    public void Pow_OfPlainCases_IsExact(double value, double power, double expected) =>
        Assert.Equal((Extended)expected, Extended.Pow(value, power));

    [Fact]
    public void Pow_FarBelowEveryDouble_KeepsItsExponent()
    {
        var tiny = Extended.Pow(1.0 / 256, 8_000_000L);
        Assert.Equal(Extended.Scaled(1, -64_000_000), tiny);
        Assert.Equal((Extended)1L, 1L + tiny);
    }

    private static void AssertLogarithm(Extended value)
    {
        var (exact, actual) = (Logarithm(value), BinaryLogarithm.Of(value));
        var computed = (BigInteger)actual.Significand * (actual.IsNegative ? -1 : 1);
        computed = actual.Exponent + Bits >= 0 ? computed << (actual.Exponent + Bits) : computed >> -(actual.Exponent + Bits);
        Assert.True(BigInteger.Abs(computed - exact) << 90 <= BigInteger.Abs(exact), $"{value}: {computed} and not {exact}");
    }

    /// <summary>log2 times 2^Bits, a bit at a time: the square of a number between 1 and 2 tells the next one.</summary>
    private static BigInteger Logarithm(Extended value)
    {
        const int guard = 40;
        var scale = Bits + guard;
        var mantissa = (BigInteger)value.Significand << (scale - 63);
        var result = BigInteger.Zero;
        for (var i = 0; i < Bits; i++)
        {
            mantissa = (mantissa * mantissa) >> scale;
            var bit = mantissa >> (scale + 1);
            if (bit > 0)
                mantissa >>= 1;
            result = (result << 1) + bit;
        }

        return result + ((BigInteger)(value.Exponent + 63) << Bits);
    }
}
