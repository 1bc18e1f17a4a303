using System.Numerics;
using OpenEntropy.Pqc.Falcon.Ntru;

namespace OpenEntropy.Pqc.Tests.Falcon.Ntru;

/// <summary>The framework's integers, which the solver does not use, to check it with.</summary>
internal static class Integers
{
    public static BigInteger Coefficient(LimbPolynomial polynomial, int index)
    {
        var value = BigInteger.Zero;
        for (var w = polynomial.Words - 1; w >= 0; w--)
        {
            var limb = polynomial.Row(w)[index];
            value = (value << LimbPolynomial.LimbBits) + (w == polynomial.Words - 1 ? LimbPolynomial.SignExtend(limb) : limb);
        }
        return value;
    }

    public static LimbPolynomial Polynomial(int words, params BigInteger[] coefficients)
    {
        var polynomial = new LimbPolynomial(coefficients.Length, words);
        for (var w = 0; w < words; w++)
        for (var i = 0; i < coefficients.Length; i++)
            polynomial.Row(w)[i] = (uint)((coefficients[i] >> (w * LimbPolynomial.LimbBits)) & LimbPolynomial.Mask);
        return polynomial;
    }

    /// <summary>f G − g F modulo x^n + 1.</summary>
    public static BigInteger[] Determinant(ReadOnlySpan<sbyte> f, ReadOnlySpan<sbyte> g, ReadOnlySpan<sbyte> bigF, ReadOnlySpan<sbyte> bigG)
    {
        var sums = new long[f.Length];
        for (var i = 0; i < f.Length; i++)
        for (var j = 0; j < f.Length; j++)
            sums[(i + j) % f.Length] += (i + j < f.Length ? 1 : -1) * ((f[i] * bigG[j]) - (g[i] * bigF[j]));
        return [.. sums.Select(value => new BigInteger(value))];
    }

    /// <summary>A number of so many bits with a sign, the same in every run.</summary>
    public static BigInteger Number(string name, int bits)
    {
        var bytes = FalconCases.Bytes(name, (bits / 8) + 2);
        var value = new BigInteger(bytes, isUnsigned: true) % (BigInteger.One << bits);
        return (bytes[^1] & 1) == 0 ? value : -value;
    }
}
