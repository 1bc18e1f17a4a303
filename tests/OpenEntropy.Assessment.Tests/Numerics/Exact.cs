using System.Numerics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Tests.Numerics;

/// <summary>Numerator over denominator: what the extended format is checked against.</summary>
internal readonly record struct Exact(BigInteger Numerator, BigInteger Denominator)
{
    public static Exact Of(Extended value)
    {
        var significand = value.IsNegative ? -(BigInteger)value.Significand : value.Significand;
        return value.Exponent >= 0
            ? new Exact(significand << value.Exponent, 1)
            : new Exact(significand, BigInteger.One << -value.Exponent);
    }

    public static Exact operator +(Exact a, Exact b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Exact operator -(Exact a, Exact b) => a + new Exact(-b.Numerator, b.Denominator);

    public static Exact operator *(Exact a, Exact b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Exact operator /(Exact a, Exact b) =>
        new(a.Numerator * b.Denominator * b.Numerator.Sign, a.Denominator * BigInteger.Abs(b.Numerator));

    /// <summary>Rounded to a significand of some bits, to nearest even: significand and exponent.</summary>
    public (BigInteger Significand, int Exponent) Rounded(int bits, int leastExponent = int.MinValue)
    {
        if (Numerator.IsZero)
            return (0, 0);
        var magnitude = BigInteger.Abs(Numerator);
        // First to at least so many bits of quotient, then the one that fits.
        var exponent = (int)(magnitude.GetBitLength() - Denominator.GetBitLength()) - bits;
        while (true)
        {
            exponent = Math.Max(exponent, leastExponent);
            var (dividend, divisor) = exponent >= 0 ? (magnitude, Denominator << exponent) : (magnitude << -exponent, Denominator);
            var quotient = BigInteger.DivRem(dividend, divisor, out var rest);
            if (quotient.GetBitLength() > bits)
            {
                exponent++;
                continue;
            }

            var half = (2 * rest).CompareTo(divisor);
            if (half > 0 || (half == 0 && !quotient.IsEven))
                quotient++;
            if (quotient.GetBitLength() > bits)
                (quotient, exponent) = (quotient >> 1, exponent + 1);
            return (quotient * Numerator.Sign, exponent);
        }
    }
}
