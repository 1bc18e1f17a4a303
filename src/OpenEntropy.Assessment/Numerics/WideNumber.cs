namespace OpenEntropy.Assessment.Numerics;

/// <summary>A number of twice the significand of <see cref="Extended"/>, for what lies between a logarithm and what is made of it.</summary>
/// <param name="IsNegative">The sign.</param>
/// <param name="Significand">128 bits, the highest of them set; 0 of the value 0.</param>
/// <param name="Exponent">The weight of the significand's lowest bit, as a power of 2.</param>
internal readonly record struct WideNumber(bool IsNegative, UInt128 Significand, int Exponent)
{
    /// <summary>Shifts the significand up as far as it goes.</summary>
    public static WideNumber Normalised(bool isNegative, UInt128 significand, int exponent)
    {
        if (significand == 0)
            return default;
        var shift = (int)UInt128.LeadingZeroCount(significand);
        return new WideNumber(isNegative, significand << shift, exponent - shift);
    }

    /// <summary>The product, to about 126 bits.</summary>
    public static WideNumber operator *(WideNumber left, Extended right) =>
        Normalised(
            left.IsNegative != right.IsNegative,
            FixedPoint.MultiplyHigh(left.Significand, right.Significand),
            left.Exponent + right.Exponent + 64
        );

    /// <summary>The nearest number of the extended format.</summary>
    public Extended ToExtended() => Extended.Round(IsNegative, Significand, Exponent);
}
