using System.Runtime.CompilerServices;

namespace OpenEntropy.Assessment.Numerics;

/// <summary>Products of numbers of 128 bits, of which the upper part is wanted.</summary>
internal static class FixedPoint
{
    /// <summary>ln 2 times 2^128.</summary>
    public static readonly UInt128 Ln2 = new(0xb17217f7d1cf79ab, 0xc9e3b39803f2f6af);

    /// <summary>log2 e times 2^127.</summary>
    public static readonly UInt128 Log2E = new(0xb8aa3b295c17f0bb, 0xbe87fed0691d3e89);

    /// <summary>left times right, divided by 2^64 and rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 MultiplyHigh(UInt128 left, ulong right)
    {
        var upper = Math.BigMul((ulong)(left >> 64), right, out var lower);
        var carried = Math.BigMul((ulong)left, right, out _);
        return new UInt128(upper, lower) + carried;
    }

    /// <summary>left times right, divided by 2^128, at most 2 too small.</summary>
    public static UInt128 MultiplyHigh(UInt128 left, UInt128 right) =>
        MultiplyHigh(left, (ulong)(right >> 64)) + (MultiplyHigh(left, (ulong)right) >> 64);
}
