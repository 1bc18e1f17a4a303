using System.Numerics;
using OpenEntropy.Assessment.Numerics;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Numerics;

public sealed class ExtendedTests
{
    private const int Pairs = 20_000;

    [Fact]
    public void Operators_OnRandomPairs_RoundTheExactResultOnce()
    {
        var random = new SplitMix(1);
        for (var i = 0; i < Pairs; i++)
        {
            var (a, b) = Pair(random);
            AssertRounded(Exact.Of(a) + Exact.Of(b), a + b);
            AssertRounded(Exact.Of(a) - Exact.Of(b), a - b);
            AssertRounded(Exact.Of(a) * Exact.Of(b), a * b);
            AssertRounded(Exact.Of(a) / Exact.Of(b), a / b);
            Assert.Equal((Exact.Of(a) - Exact.Of(b)).Numerator.Sign, Math.Sign(a.CompareTo(b)));
        }
    }

    [Fact]
    public void Sqrt_OfRandomNumbers_IsTheNearest()
    {
        var random = new SplitMix(2);
        for (var i = 0; i < Pairs; i++)
        {
            var value = Number(random);
            var magnitude = value.IsNegative ? -value : value;
            var root = Extended.Sqrt(magnitude);
            // The halves of the gaps beside the root lie on both sides of the number, squared.
            var half = new Exact(1, 2) * Exact.Of(Extended.Scaled(1, root.Exponent));
            var (below, above) = (Exact.Of(root) - half, Exact.Of(root) + half);
            Assert.True((Exact.Of(magnitude) - below * below).Numerator.Sign > 0);
            Assert.True((above * above - Exact.Of(magnitude)).Numerator.Sign > 0);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1L << 62)]
    [InlineData(3037000499L * 3037000499L)]
    public void Sqrt_OfSquares_IsExact(long square) => Assert.Equal((Extended)(long)Math.Round(Math.Sqrt(square)), Extended.Sqrt(square));

    [Fact]
    public void ToDouble_OfRandomNumbers_RoundsOnce()
    {
        var random = new SplitMix(3);
        for (var i = 0; i < Pairs; i++)
        {
            // Many of them halfway between two doubles, or one unit beside; some subnormal, some below them all.
            var number = Number(random, 1100);
            var ending = new[] { 0x400UL, 0x3ffUL, 0x401UL, random.Next() & 0x7ff }[random.Below(4)];
            var value = Extended.Scaled((number.Significand & ~0x7ffUL) | ending, number.Exponent);
            var (significand, exponent) = Exact.Of(value).Rounded(53, -1074);
            var expected = exponent + 53 > 1100 ? double.PositiveInfinity : Math.ScaleB((double)significand, exponent);
            Assert.Equal(expected, value.ToDouble());
            Assert.Equal(-expected, (-value).ToDouble());
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-1.0 / 3)]
    [InlineData(5e-324)]
    [InlineData(2.2250738585072014e-308)]
    [InlineData(-1.7976931348623157e308)]
    public void Conversion_OfADouble_IsExact(double value) => Assert.Equal(value, ((Extended)value).ToDouble());

    [Fact]
    public void Conversion_OfWholeNumbers_IsExact()
    {
        Assert.Equal(-Math.ScaleB(1, 63), ((Extended)long.MinValue).ToDouble());
        Assert.Equal(-7.0, ((Extended)(-7L)).ToDouble());
        Assert.Equal((BigInteger)ulong.MaxValue, Exact.Of(ulong.MaxValue).Numerator);
        Assert.Equal(default, (Extended)0L);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Conversion_OfWhatIsNotFinite_Throws(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => (Extended)value);

    [Fact]
    public void Operators_WithoutAResult_Throw()
    {
        Assert.Throws<DivideByZeroException>(() => (Extended)1L / 0L);
        Assert.Throws<ArgumentOutOfRangeException>(() => Extended.Sqrt(-1L));
        Assert.Throws<ArgumentOutOfRangeException>(() => Extended.Ln(0L));
        Assert.Throws<ArgumentOutOfRangeException>(() => Extended.Log2(-1L));
        Assert.Throws<ArgumentOutOfRangeException>(() => Extended.Log2(Extended.Scaled(1, 20_000)));
        Assert.Throws<OverflowException>(() => Extended.Pow(2L, 1L << 31));
    }

    [Fact]
    public void Equality_OfZeros_HoldsHoweverTheyCameAbout()
    {
        Extended third = 1.0 / 3;
        Assert.Equal(default, third - third);
        Assert.Equal(default, -(third - third));
        Assert.Equal(0, (third - third).CompareTo(0L));
        Assert.True(third > 0L && -third < 0L && third >= 1.0 / 3 && third <= 1.0 / 3);
    }

    /// <summary>Pairs of like and of very different size, and such as cancel to their last bits.</summary>
    private static (Extended A, Extended B) Pair(SplitMix random)
    {
        var a = Number(random);
        var b = random.Below(4) switch
        {
            0 => Number(random),
            1 => Extended.Scaled(Math.Max(1, a.Significand + (ulong)random.Below(5) - 2), a.Exponent + random.Below(3) - 1),
            2 => Extended.Scaled(1UL << 63, a.Exponent - 64 + random.Below(4)),
            _ => Extended.Scaled(random.Next() | 1, a.Exponent - 70 + random.Below(140)),
        };
        return (a, random.Below(2) == 0 ? b : -b);
    }

    /// <summary>Random bits, or ones and zeros in long runs, where rounding carries far.</summary>
    private static Extended Number(SplitMix random, int exponents = 200)
    {
        var bits = random.Below(3) switch
        {
            0 => random.Next(),
            1 => ulong.MaxValue << random.Below(64),
            _ => (1UL << 63) | (1UL << random.Below(64)) | (random.Next() & 1),
        };
        var value = Extended.Scaled(bits | (1UL << 63), random.Below(2 * exponents) - exponents - 63);
        return random.Below(2) == 0 ? value : -value;
    }

    private static void AssertRounded(Exact exact, Extended actual)
    {
        var (significand, exponent) = exact.Rounded(64);
        var expected = Extended.Scaled((ulong)BigInteger.Abs(significand), exponent);
        Assert.Equal(significand.Sign < 0 ? -expected : expected, actual);
    }
}
