using System.Runtime.CompilerServices;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>
/// Whole numbers modulo q = 2^23 - 2^13 + 1 (FIPS 204, Table 1), products by Montgomery's method (FIPS 204, Appendix A). No branch and no division:
/// the time depends on no value.
/// </summary>
internal static class ModQ
{
    /// <summary>q.</summary>
    public const int Q = 8380417;

    /// <summary>The inverse of q modulo 2^32.</summary>
    internal const int InverseOfQ = 58728449;

    /// <summary>A number that is a·2^-32 modulo q, between -q and q, both excluded.</summary>
    /// <param name="a">At least -2^31·q and below 2^31·q.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReduceMontgomery(long a)
    {
        var quotient = unchecked((int)a * InverseOfQ); // modulo 2^32, with a sign: a - quotient·q ends in 32 zero bits
        return (int)((a - ((long)quotient * Q)) >> 32);
    }

    /// <summary>A number that is a·b·2^-32 modulo q, between -q and q, both excluded.</summary>
    /// <param name="a">Any number whose product with <paramref name="b"/> is at least -2^31·q and below 2^31·q.</param>
    /// <param name="b">The other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Multiply(int a, int b) => ReduceMontgomery((long)a * b);

    /// <summary>The same number modulo q, with an absolute value below 0.75·q + 1.</summary>
    /// <param name="a">Below 2^31 - 2^22.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Reduce(int a) => a - (((a + (1 << 22)) >> 23) * Q);

    /// <summary>The same number modulo q, from 0 to q - 1.</summary>
    /// <param name="a">Below 2^31 - 2^22.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Canonical(int a)
    {
        var reduced = Reduce(a);
        return reduced + ((reduced >> 31) & Q);
    }

    /// <summary>The same number mod± q (FIPS 204, 2.3): from -(q - 1)/2 to (q - 1)/2.</summary>
    /// <param name="a">Below 2^31 - 2^22.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Centred(int a)
    {
        var canonical = Canonical(a);
        return canonical - ((((Q - 1) / 2) - canonical) >> 31 & Q);
    }

    /// <summary>All bits one where |a| is at least the bound, else zero.</summary>
    /// <param name="a">Between -2^30 and 2^30.</param>
    /// <param name="bound">From 1 to 2^30.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MaskOfAtLeast(int a, int bound)
    {
        var sign = a >> 31;
        return (bound - 1 - ((a ^ sign) - sign)) >> 31;
    }
}
