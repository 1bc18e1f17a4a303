using System.Numerics;
using System.Runtime.CompilerServices;

namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// A number of the x87 extended format: a significand of 64 bits, every operation rounded once, to the nearest and on a tie to the even one. NIST's
/// tool computes parts of its estimates in it, and what it prints depends on how these were rounded. The exponent is wider than the processor's,
/// so nothing overflows or underflows, and there are no infinities and no NaN: what has no value throws.
/// </summary>
internal readonly partial record struct Extended : IComparable<Extended>
{
    private const ulong TopBit = 1UL << 63;

    // The value is Significand * 2^Exponent. The top bit of a significand is set; zero is all fields zero, so that equality is that of the fields.
    private Extended(bool isNegative, ulong significand, int exponent) =>
        (IsNegative, Significand, Exponent) = (isNegative, significand, exponent);

    /// <summary>True where the value is less than 0.</summary>
    public bool IsNegative { get; }

    /// <summary>64 bits, the highest of them set; 0 of the value 0.</summary>
    public ulong Significand { get; }

    /// <summary>The weight of the significand's lowest bit, as a power of 2.</summary>
    public int Exponent { get; }

    /// <summary>True where the value is 0.</summary>
    public bool IsZero => Significand == 0;

    /// <summary>Significand times 2^exponent, of a significand that need not have its highest bit set. Exact.</summary>
    public static Extended Scaled(ulong significand, int exponent)
    {
        if (significand == 0)
            return default;
        var shift = BitOperations.LeadingZeroCount(significand);
        return new Extended(false, significand << shift, exponent - shift);
    }

    /// <summary>Significand times 2^exponent, of a significand with its highest bit set. Exact.</summary>
    public static Extended Normalised(ulong significand, int exponent) => new(false, significand, exponent);

    /// <summary>The value of a 128-bit significand times 2^exponent, rounded.</summary>
    /// <param name="isNegative">The sign.</param>
    /// <param name="significand">The significand, of any width; where it stands for something longer, its lowest bit is set if anything was cut off.</param>
    /// <param name="exponent">The weight of its lowest bit.</param>
    public static Extended Round(bool isNegative, UInt128 significand, int exponent)
    {
        if (significand == 0)
            return default;
        var shift = (int)UInt128.LeadingZeroCount(significand);
        significand <<= shift;
        return Round(isNegative, (ulong)(significand >> 64), (ulong)significand, exponent - shift + 64);
    }

    /// <inheritdoc/>
    public int CompareTo(Extended other)
    {
        if (IsNegative != other.IsNegative)
            return IsNegative ? -1 : 1;
        if (IsZero || other.IsZero)
            return other.IsZero.CompareTo(IsZero);
        var byMagnitude = Exponent != other.Exponent ? Exponent.CompareTo(other.Exponent) : Significand.CompareTo(other.Significand);
        return IsNegative ? -byMagnitude : byMagnitude;
    }

    public static bool operator <(Extended left, Extended right) => left.CompareTo(right) < 0;

    public static bool operator >(Extended left, Extended right) => left.CompareTo(right) > 0;

    public static bool operator <=(Extended left, Extended right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Extended left, Extended right) => left.CompareTo(right) >= 0;

    /// <summary>A normalised significand and the 64 bits below it, rounded to nearest even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Extended Round(bool isNegative, ulong high, ulong low, int exponent)
    {
        // Up if more than a half is cut off, or a half from an odd significand; without a branch, for nothing can predict it.
        high += (low >> 63) & (((low << 1) | (high & 1)) != 0 ? 1UL : 0UL);
        if (high == 0)
            return new Extended(isNegative, TopBit, exponent + 1);
        return new Extended(isNegative, high, exponent);
    }
}
