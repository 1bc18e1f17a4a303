using System.Numerics;

namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>
/// What 31 steps of the binary algorithm do to a pair (a, b): (a f0 + b g0, a f1 + b g1) / 2^31, with |f| + |g| at most 2^31 in each. See
/// <see cref="Bezout"/>.
/// </summary>
internal readonly record struct BinaryStep(long F0, long G0, long F1, long G1)
{
    private const int LimbBits = LimbPolynomial.LimbBits;
    private const uint Mask = LimbPolynomial.Mask;

    /// <summary>The steps for two numbers without a sign whose last limb that is not 0 in both is at <paramref name="last"/>, at least 1.</summary>
    public static BinaryStep Compute(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, int last)
    {
        var (x, y) = (Approximate(a, last, a[last] | b[last]), Approximate(b, last, a[last] | b[last]));
        var (f0, g0, f1, g1) = (1L, 0L, 0L, 1L);
        for (var step = 0; step < LimbBits; step++)
        {
            // When x is odd: put the greater first and subtract. Then halve x.
            var odd = 0UL - (x & 1);
            var less = ((~x & y) | ((~x | y) & (x - y))) >> 63;
            var swap = odd & (0UL - less);
            var (dx, df, dg) = ((x ^ y) & swap, (f0 ^ f1) & (long)swap, (g0 ^ g1) & (long)swap);
            (x, y, f0, f1, g0, g1) = (x ^ dx, y ^ dx, f0 ^ df, f1 ^ df, g0 ^ dg, g1 ^ dg);
            x = (x - (y & odd)) >> 1;
            f0 -= f1 & (long)odd;
            g0 -= g1 & (long)odd;
            f1 <<= 1;
            g1 <<= 1;
        }
        return new BinaryStep(f0, g0, f1, g1);
    }

    /// <summary>
    /// Applies the steps; where a result is negative, its sign and that of its factors is changed: the steps then done are returned.
    /// </summary>
    public BinaryStep Apply(Span<uint> a, Span<uint> b)
    {
        long carryA = 0;
        long carryB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            carryA += (F0 * a[i]) + (G0 * b[i]);
            carryB += (F1 * a[i]) + (G1 * b[i]);
            if (i > 0)
                (a[i - 1], b[i - 1]) = ((uint)carryA & Mask, (uint)carryB & Mask);
            carryA >>= LimbBits;
            carryB >>= LimbBits;
        }
        (a[^1], b[^1]) = ((uint)carryA & Mask, (uint)carryB & Mask);
        var (signA, signB) = (carryA >> 63, carryB >> 63);
        NegateIf((uint)signA, a);
        NegateIf((uint)signB, b);
        return new BinaryStep((F0 ^ signA) - signA, (G0 ^ signA) - signA, (F1 ^ signB) - signB, (G1 ^ signB) - signB);
    }

    /// <summary>Applies the steps to numbers modulo an odd y: the division by 2^31 is exact after a multiple of y is added.</summary>
    public void ApplyModulo(Span<uint> u, Span<uint> v, ReadOnlySpan<uint> y)
    {
        var negativeInverse = (0u - InverseOfLimb(y[0])) & Mask;
        var multipleU = (((uint)F0 * u[0]) + ((uint)G0 * v[0])) * negativeInverse & Mask;
        var multipleV = (((uint)F1 * u[0]) + ((uint)G1 * v[0])) * negativeInverse & Mask;
        long carryU = 0;
        long carryV = 0;
        for (var i = 0; i < y.Length; i++)
        {
            carryU += (F0 * u[i]) + (G0 * v[i]) + ((long)multipleU * y[i]);
            carryV += (F1 * u[i]) + (G1 * v[i]) + ((long)multipleV * y[i]);
            if (i > 0)
                (u[i - 1], v[i - 1]) = ((uint)carryU & Mask, (uint)carryV & Mask);
            carryU >>= LimbBits;
            carryV >>= LimbBits;
        }
        Settle(u, carryU, y);
        Settle(v, carryV, y);
    }

    /// <summary>The inverse of an odd limb modulo 2^32.</summary>
    public static uint InverseOfLimb(uint limb)
    {
        var inverse = limb;
        for (var step = 0; step < 4; step++)
            inverse *= 2 - (limb * inverse);
        return inverse;
    }

    /// <summary>The 64-bit stand-in for a number: itself where both have no more bits, else their 33 topmost bits and the lowest limb.</summary>
    private static ulong Approximate(ReadOnlySpan<uint> number, int last, uint top)
    {
        if (last == 1)
            return ((ulong)number[1] << LimbBits) | number[0];
        var shift = BitOperations.LeadingZeroCount(top) - 1;
        if (last == 2)
            shift = Math.Min(shift, LimbBits - 2); // 64 bits at least, or the two parts would overlap
        var window = ((ulong)number[last] << LimbBits) | number[last - 1];
        window = (window << shift) | (number[last - 2] >> (LimbBits - shift));
        return ((window >> 29) << LimbBits) | number[0];
    }

    /// <summary>Brings a number of (−y, 2 y), given without its last limb, into [0, y).</summary>
    private static void Settle(Span<uint> number, long last, ReadOnlySpan<uint> y)
    {
        // Add y when negative; then subtract it, and add it again when that was too much.
        number[^1] = (uint)last & Mask;
        var high = (int)(last >> LimbBits);
        high += AddMasked(number, y, (uint)(last >> 63), 1);
        high += AddMasked(number, y, uint.MaxValue, -1);
        AddMasked(number, y, (uint)(high >> 31), 1);
    }

    private static int AddMasked(Span<uint> number, ReadOnlySpan<uint> addend, uint mask, int sign)
    {
        long carry = 0;
        for (var i = 0; i < number.Length; i++)
        {
            carry += number[i] + (sign * (long)(addend[i] & mask));
            number[i] = (uint)carry & Mask;
            carry >>= LimbBits;
        }
        return (int)carry;
    }

    private static void NegateIf(uint mask, Span<uint> number)
    {
        var carry = mask & 1;
        foreach (ref var limb in number)
        {
            carry += (limb ^ mask) & Mask;
            limb = carry & Mask;
            carry >>= LimbBits;
        }
    }
}
