namespace OpenEntropy.Assessment.Numerics;

internal readonly partial record struct Extended
{
    // ln 2 to the 64 bits that the processor holds of it.
    private const ulong Ln2Significand = 0xb17217f7d1cf79ac;
    private const int Ln2Exponent = -64;

    /// <summary>log2 of a number, to within 0.5001 units of the last place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0, or not between 2^-16384 and 2^16384.</exception>
    public static Extended Log2(Extended value) => BinaryLogarithm.Of(value).ToExtended();

    /// <summary>
    /// The natural logarithm as the processor computes it, ln 2 rounded to 64 bits times the logarithm to the base 2, and that rounded once: to within
    /// 0.8 units of the last place.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0, or not between 2^-16384 and 2^16384.</exception>
    public static Extended Ln(Extended value) =>
        (BinaryLogarithm.Of(value) * new Extended(false, Ln2Significand, Ln2Exponent)).ToExtended();

    /// <summary>
    /// A number to a power, to within 0.51 units of the last place while the result is between 2^-1000000 and 2^1000000; to the powers 2 and 3 by
    /// multiplication, as the C library does.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0, or not between 2^-16384 and 2^16384.</exception>
    /// <exception cref="OverflowException">The result is beyond 2^(2^30) or its reciprocal.</exception>
    public static Extended Pow(Extended value, Extended power)
    {
        if (power == 2L)
            return value * value;
        if (power == 3L)
            return value * (value * value);
        return BinaryExponential.Of(BinaryLogarithm.Of(value) * power);
    }
}
