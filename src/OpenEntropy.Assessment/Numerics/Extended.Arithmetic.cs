using System.Runtime.CompilerServices;

namespace OpenEntropy.Assessment.Numerics;

internal readonly partial record struct Extended
{
    // An addend is laid into 128 bits with one bit free above it for the carry and 63 below.
    private const int AddendShift = 63;

    public static Extended operator -(Extended value) => value.IsZero ? value : new(!value.IsNegative, value.Significand, value.Exponent);

    public static Extended operator -(Extended left, Extended right) => left + -right;

    public static Extended operator +(Extended left, Extended right)
    {
        if (left.IsZero)
            return right;
        if (right.IsZero)
            return left;
        if (left.Exponent < right.Exponent)
            (left, right) = (right, left);

        var larger = (UInt128)left.Significand << AddendShift;
        var smaller = ShiftRightSticky((UInt128)right.Significand << AddendShift, (long)left.Exponent - right.Exponent);
        var exponent = left.Exponent - AddendShift;
        if (left.IsNegative == right.IsNegative)
            return Round(left.IsNegative, larger + smaller, exponent);
        return larger >= smaller ? Round(left.IsNegative, larger - smaller, exponent) : Round(right.IsNegative, smaller - larger, exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Extended operator *(Extended left, Extended right)
    {
        var high = Math.BigMul(left.Significand, right.Significand, out var low);
        if (high == 0)
            return default;
        // The product of two significands has 127 or 128 bits, and which nothing can predict.
        var shift = (int)(high >> 63) ^ 1;
        var exponent = left.Exponent + right.Exponent + 64 - shift;
        high = (high << shift) | (low >> 1 >> (63 - shift));
        low <<= shift;
        return Round(left.IsNegative != right.IsNegative, high, low, exponent);
    }

    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static Extended operator /(Extended left, Extended right)
    {
        if (right.IsZero)
            throw new DivideByZeroException();
        if (left.IsZero)
            return default;

        // 64 or 65 bits of quotient, and two more below for a half and for what is cut off.
        var (quotient, remainder) = UInt128.DivRem((UInt128)left.Significand << 64, right.Significand);
        var (more, rest) = UInt128.DivRem(remainder << 2, right.Significand);
        quotient = (((quotient << 2) | more) << 1) | (rest != 0 ? UInt128.One : UInt128.Zero);
        return Round(left.IsNegative != right.IsNegative, quotient, left.Exponent - right.Exponent - 67);
    }

    /// <summary>The square root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static Extended Sqrt(Extended value)
    {
        if (value.IsNegative)
            throw new ArgumentOutOfRangeException(nameof(value));
        if (value.IsZero)
            return value;

        // 63 or 64 bits below the significand, so that the exponent is even and the root has 64 bits.
        var shift = (value.Exponent & 1) == 0 ? 64 : 63;
        var square = (UInt128)value.Significand << shift;
        var root = SquareRoot(square);
        var rest = square - (UInt128)root * root;
        // (root + 1/2)^2 = root^2 + root + 1/4: the root of a whole number is never halfway between two.
        var low = rest > root ? ulong.MaxValue : 0UL;
        return Round(false, root, low, (value.Exponent - shift) / 2);
    }

    /// <summary>The largest whole number whose square is at most this, of 2^126 or more.</summary>
    private static ulong SquareRoot(UInt128 square)
    {
        // The root in double precision is right to 52 bits, and one step of Newton's more than doubles them.
        var estimate = (UInt128)Math.Min(Math.Sqrt((double)square), ulong.MaxValue - 2048.0);
        var root = UInt128.Min((estimate + (square / estimate)) / 2, ulong.MaxValue);
        while (root * root > square)
            root--;
        while (root < ulong.MaxValue && (root + 1) * (root + 1) <= square)
            root++;
        return (ulong)root;
    }

    /// <summary>Shifts right; the lowest bit is set if anything was cut off.</summary>
    private static UInt128 ShiftRightSticky(UInt128 value, long shift)
    {
        if (shift >= 128)
            return UInt128.One;
        var shifted = value >> (int)shift;
        return shifted << (int)shift == value ? shifted : shifted | 1;
    }
}
