using System.Numerics;

namespace OpenEntropy.Assessment.Conditioning;

/// <summary>
/// m · 2^e, exactly: a number of any precision whose exponent may be as far from zero as 2^−65536 needs. Slow, where <see cref="Numerics.Extended"/>
/// is fast and keeps the 64 bits that the estimates are defined by.
/// </summary>
/// <param name="Mantissa">m.</param>
/// <param name="Exponent">e.</param>
internal readonly record struct BigFloat(BigInteger Mantissa, long Exponent)
{
    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Mantissa.Sign;

    /// <summary>One more than the exponent of the highest bit: |value| lies in [2^(Top−1), 2^Top). Not of zero.</summary>
    public long Top => MantissaBits(Mantissa) + Exponent;

    /// <summary>A whole number.</summary>
    public static BigFloat From(long value) => new(value, 0);

    /// <summary>2^e.</summary>
    public static BigFloat PowerOfTwo(long exponent) => new(BigInteger.One, exponent);

    /// <summary>A double, exactly.</summary>
    /// <param name="value">Finite, and not negative.</param>
    public static BigFloat From(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var (exponent, fraction) = ((int)(bits >> 52) & 0x7FF, bits & ((1L << 52) - 1));
        return exponent == 0 ? new(fraction, -1074) : new(fraction | (1L << 52), exponent - 1075);
    }

    /// <summary>A decimal, rounded toward zero.</summary>
    /// <param name="value">Not negative.</param>
    /// <param name="precision">How many significant bits are kept.</param>
    public static BigFloat From(decimal value, int precision)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var digits = (new BigInteger((uint)parts[2]) << 64) | (new BigInteger((uint)parts[1]) << 32) | (uint)parts[0];
        var divisor = BigInteger.Pow(10, (parts[3] >> 16) & 0xFF);
        var shift = precision + (int)divisor.GetBitLength();
        return new BigFloat((digits << shift) / divisor, -shift).TowardZero(precision);
    }

    /// <summary>The number with fewer bits, what is behind them dropped.</summary>
    public BigFloat TowardZero(int precision)
    {
        var excess = (int)(MantissaBits(Mantissa) - precision);
        return excess <= 0 ? this : new BigFloat(BigInteger.Abs(Mantissa) >> excess, Exponent + excess) * Sign;
    }

    /// <summary>The nearest number with fewer bits, a tie to the even one.</summary>
    /// <remarks>Not of negative numbers.</remarks>
    public BigFloat ToNearest(int precision)
    {
        var excess = (int)(MantissaBits(Mantissa) - precision);
        if (excess <= 0)
            return this;
        var kept = Mantissa >> excess;
        var twiceRest = (Mantissa - (kept << excess)) << 1;
        var order = twiceRest.CompareTo(BigInteger.One << excess);
        return new BigFloat(order > 0 || (order == 0 && !kept.IsEven) ? kept + 1 : kept, Exponent + excess);
    }

    /// <summary>Below zero where this is the smaller, above zero where it is the greater.</summary>
    public int OrderTo(BigFloat other)
    {
        if (Sign != other.Sign || Sign == 0)
            return Sign.CompareTo(other.Sign);
        return Top != other.Top ? Sign * Top.CompareTo(other.Top) : (this - other).Sign;
    }

    /// <summary>The exact sum; of numbers whose exponents are near enough that the sum can be held.</summary>
    public static BigFloat operator +(BigFloat left, BigFloat right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return new((left.Mantissa << (int)(left.Exponent - exponent)) + (right.Mantissa << (int)(right.Exponent - exponent)), exponent);
    }

    /// <summary>The exact difference.</summary>
    public static BigFloat operator -(BigFloat left, BigFloat right) => left + (right * -1);

    /// <summary>The exact product.</summary>
    public static BigFloat operator *(BigFloat left, BigFloat right) => new(left.Mantissa * right.Mantissa, left.Exponent + right.Exponent);

    /// <summary>The exact product.</summary>
    public static BigFloat operator *(BigFloat left, int right) => new(left.Mantissa * right, left.Exponent);

    private static long MantissaBits(BigInteger mantissa) => (long)BigInteger.Abs(mantissa).GetBitLength();
}
