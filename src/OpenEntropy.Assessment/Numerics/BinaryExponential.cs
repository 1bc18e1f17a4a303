namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// 2 to a power, with a relative error of about 2^-110 beyond that of the power: one of 64 roots of 2 times the exponential series, summed up in
/// fixed point.
/// </summary>
internal static class BinaryExponential
{
    private const int IndexBits = 6;
    private const int Scale = 126;

    // (ln 2 / 64)^n / n! is below 2^-110 from n = 13 on.
    private const int Terms = 13;

    // A power of 2 beyond any exponent that there is.
    private const int MostIntegerBits = 30;

    // 1 / n! times 2^Scale.
    private static readonly UInt128[] s_coefficients = Coefficients();

    // 2^(i / 64) times 2^Scale.
    private static readonly UInt128[] s_roots = Roots();

    /// <summary>2 to a power, rounded.</summary>
    /// <exception cref="OverflowException">The power is 2^30 or more in magnitude.</exception>
    public static Extended Of(WideNumber power)
    {
        var (whole, fraction) = Split(power);
        var index = (int)(fraction >> (128 - IndexBits));
        var rest = Series(FixedPoint.MultiplyHigh(fraction << IndexBits, FixedPoint.Ln2) >> IndexBits);
        // Both are scaled by 2^126 and their product is divided by 2^128.
        return Extended.Round(false, FixedPoint.MultiplyHigh(s_roots[index], rest), whole - (2 * Scale - 128));
    }

    /// <summary>The integer part, rounded down, and what is left, times 2^128.</summary>
    private static (int Whole, UInt128 Fraction) Split(WideNumber power)
    {
        if (power.Significand == 0)
            return (0, 0);
        // The significand lies below 2^128, so this many bits stand above the point.
        var integerBits = power.Exponent + 128;
        if (integerBits > MostIntegerBits)
            throw new OverflowException("A power of 2 is out of range.");
        var whole = integerBits > 0 ? (int)(power.Significand >> (128 - integerBits)) : 0;
        var fraction =
            integerBits >= 0 ? power.Significand << integerBits
            : integerBits > -128 ? power.Significand >> -integerBits
            : 0;
        if (!power.IsNegative)
            return (whole, fraction);
        return fraction == 0 ? (-whole, 0) : (-whole - 1, -fraction);
    }

    /// <summary>e^x times 2^Scale, of x times 2^128 below 1/64.</summary>
    private static UInt128 Series(UInt128 x)
    {
        var sum = s_coefficients[Terms - 1];
        for (var n = Terms - 2; n >= 0; n--)
            sum = s_coefficients[n] + FixedPoint.MultiplyHigh(sum, x);
        return sum;
    }

    private static UInt128[] Coefficients()
    {
        var coefficients = new UInt128[Terms];
        coefficients[0] = UInt128.One << Scale;
        for (uint n = 1; n < Terms; n++)
            coefficients[n] = coefficients[n - 1] / n;
        return coefficients;
    }

    private static UInt128[] Roots()
    {
        var roots = new UInt128[1 << IndexBits];
        var first = Series(FixedPoint.Ln2 >> IndexBits);
        roots[0] = UInt128.One << Scale;
        for (var i = 1; i < roots.Length; i++)
            roots[i] = FixedPoint.MultiplyHigh(roots[i - 1], first) << (128 - Scale);
        return roots;
    }
}
