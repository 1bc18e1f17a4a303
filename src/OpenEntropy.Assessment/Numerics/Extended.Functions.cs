namespace OpenEntropy.Assessment.Numerics;

internal readonly partial record struct Extended
{
    /// <summary>log2 of a number, to within 0.5001 units of the last place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0, or not between 2^-16384 and 2^16384.</exception>
    public static Extended Log2(Extended value) => BinaryLogarithm.Of(value).ToExtended();

    /// <summary>The natural logarithm, to within 0.5001 units of the last place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0, or not between 2^-16384 and 2^16384.</exception>
    public static Extended Ln(Extended value)
    {
        var logarithm = BinaryLogarithm.Of(value);
        return Round(logarithm.IsNegative, FixedPoint.MultiplyHigh(logarithm.Significand, FixedPoint.Ln2), logarithm.Exponent);
    }

    /// <summary>
    /// A number to a power, to within 0.51 units of the last place while the result is between 2^-1000000 and 2^1000000.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0, or not between 2^-16384 and 2^16384.</exception>
    /// <exception cref="OverflowException">The result is beyond 2^(2^30) or its reciprocal.</exception>
    public static Extended Pow(Extended value, Extended power) => BinaryExponential.Of(BinaryLogarithm.Of(value) * power);
}
