using System.Runtime.CompilerServices;

namespace OpenEntropy.Assessment.Numerics;

internal readonly partial record struct Extended
{
    private const int DoubleFractionBits = 52;
    private const int DoubleMaximumExponent = 1023;
    private const int DoubleMinimumExponent = -1022;

    /// <summary>The same value.</summary>
    public static implicit operator Extended(ulong value) => Scaled(value, 0);

    /// <summary>The same value.</summary>
    public static implicit operator Extended(long value) => value < 0 ? -Scaled((ulong)-value, 0) : Scaled((ulong)value, 0);

    /// <summary>The same value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is infinite or no number.</exception>
    public static implicit operator Extended(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A number of the extended format is finite.");
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)(bits >> DoubleFractionBits) & 0x7ff;
        var fraction = bits & ((1UL << DoubleFractionBits) - 1);
        var magnitude =
            exponent == 0
                ? Scaled(fraction, DoubleMinimumExponent - DoubleFractionBits)
                : Scaled(fraction | (1UL << DoubleFractionBits), exponent - DoubleMaximumExponent - DoubleFractionBits);
        return value < 0 ? -magnitude : magnitude;
    }

    /// <summary>The nearest double, on a tie the even one; infinite where the value is out of range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ToDouble()
    {
        // The power of 2 of the significand's highest bit.
        var exponent = Exponent + 63;
        return exponent is >= DoubleMinimumExponent and <= DoubleMaximumExponent && Significand != 0 && !IsNegative
            ? ToNormalDouble(Significand, exponent)
            : ToAnyDouble(exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ToNormalDouble(ulong significand, int exponent)
    {
        const int cut = 63 - DoubleFractionBits;
        const ulong half = 1UL << (cut - 1);
        var kept = significand >> cut;
        // Adds 1 if more than a half is cut off, or a half from an odd fraction; a carry out of the fraction goes into the exponent, as it should.
        var rounded = kept + (((significand & ((1UL << cut) - 1)) + half - 1 + (kept & 1)) >> cut);
        return BitConverter.UInt64BitsToDouble(rounded + ((ulong)(exponent + DoubleMaximumExponent - 1) << DoubleFractionBits));
    }

    private double ToAnyDouble(int exponent)
    {
        if (IsZero)
            return 0;
        var sign = IsNegative ? -1.0 : 1.0;
        if (exponent > DoubleMaximumExponent)
            return sign * double.PositiveInfinity;
        if (exponent >= DoubleMinimumExponent)
            return sign * ToNormalDouble(Significand, exponent);

        // Subnormal: the unit is 2^-1074, whatever is left of the significand above it.
        var cut = DoubleMinimumExponent - DoubleFractionBits - Exponent;
        if (cut > 64)
            return sign * 0.0;
        var whole = cut == 64 ? 0 : Significand >> cut;
        var rest = Significand << (64 - cut);
        var up = rest > TopBit || (rest == TopBit && (whole & 1) != 0);
        return sign * BitConverter.UInt64BitsToDouble(whole + (up ? 1UL : 0UL));
    }
}
