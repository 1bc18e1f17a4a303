using System.Runtime.CompilerServices;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>
/// Whole numbers modulo q = 3329 (FIPS 203, 2.4.1) in 16 bits, signed and not always least. No division, no branch and no address depends on a value.
/// </summary>
internal static class Field
{
    /// <summary>q.</summary>
    public const int Q = 3329;

    /// <summary>2^16 modulo q: what a number times 2^16, its Montgomery form, is multiplied with.</summary>
    public const int R = (1 << 16) % Q;

    // q times this is 1 modulo 2^16.
    private const short InverseOfQ = -3327;

    // Barrett: 2^26 / q, rounded.
    private const int Reciprocal = ((1 << 26) + (Q / 2)) / Q;

    // 2^36 / q, rounded up: exact for what Compress divides, see there.
    private const int CompressionShift = 36;
    private const ulong CompressionReciprocal = ((1UL << CompressionShift) + Q - 1) / Q;

    /// <summary>a / 2^16 modulo q.</summary>
    /// <param name="a">Of less than q 2^15 in magnitude.</param>
    /// <returns>Less than q in magnitude.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short MontgomeryReduce(int a)
    {
        var t = (short)(a * InverseOfQ);
        return (short)((a - (t * Q)) >> 16);
    }

    /// <summary>a b / 2^16 modulo q: a b, where one of them is in Montgomery form.</summary>
    /// <param name="a">Any.</param>
    /// <param name="b">Of at most q in magnitude.</param>
    /// <returns>Less than q in magnitude.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Multiply(short a, short b) => MontgomeryReduce(a * b);

    /// <summary>The number nearest to zero that is a modulo q: from -(q - 1) / 2 to (q - 1) / 2.</summary>
    /// <param name="a">Any.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Reduce(short a) => (short)(a - ((((Reciprocal * a) + (1 << 25)) >> 26) * Q));

    /// <summary>The number from 0 to q - 1 that is a modulo q.</summary>
    /// <param name="a">Any.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Canonical(short a)
    {
        int reduced = Reduce(a);
        return reduced + ((reduced >> 31) & Q);
    }

    /// <summary>Compress_d (FIPS 203, 4.2.1, eq. 4.7): ⌈(2^d / q) x⌋ modulo 2^d.</summary>
    /// <param name="a">Any; x is what it is modulo q.</param>
    /// <param name="bits">d, from 1 to 11.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compress(short a, int bits)
    {
        // The quotient is ⌊(2^d x + (q - 1) / 2) / q⌋, of a number below 2^23. The reciprocal is too great by less than q / 2^36 of itself, hence the
        // quotient before rounding by less than 2^23 / 2^36: less than the 1 / q that it is from the next whole number at least.
        var numerator = ((ulong)Canonical(a) << bits) + (Q / 2);
        return (int)((numerator * CompressionReciprocal) >> CompressionShift) & ((1 << bits) - 1);
    }

    /// <summary>Decompress_d (FIPS 203, 4.2.1, eq. 4.8): ⌈(q / 2^d) y⌋.</summary>
    /// <param name="y">From 0 to 2^d - 1.</param>
    /// <param name="bits">d, from 1 to 11.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Decompress(int y, int bits) => (short)(((y * Q) + (1 << (bits - 1))) >> bits);
}
