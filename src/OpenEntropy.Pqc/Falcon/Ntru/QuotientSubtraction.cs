namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>F − 2^shift k f modulo x^n + 1, for a k of small coefficients. Time depends on the sizes and the shift only.</summary>
internal static class QuotientSubtraction
{
    private const int LimbBits = LimbPolynomial.LimbBits;
    private const uint Mask = LimbPolynomial.Mask;

    /// <summary>Subtracts in place.</summary>
    public static void Apply(LimbPolynomial bigF, LimbPolynomial f, ReadOnlySpan<int> quotient, int shift)
    {
        var degree = f.Degree;
        var product = SecretArray.Of<long>(degree * f.Words);
        for (var w = 0; w < f.Words; w++)
            Multiply(f.Row(w), w == f.Words - 1, quotient, product.AsSpan(w * degree, degree));
        for (var i = 0; i < degree; i++)
            Subtract(bigF, i, product.AsSpan(i), f.Words, shift);
        SecretArray.Zero(product);
    }

    /// <summary>One limb of every coefficient of f times k.</summary>
    private static void Multiply(ReadOnlySpan<uint> limbs, bool signed, ReadOnlySpan<int> quotient, Span<long> product)
    {
        // k_j x^j f: the coefficients from n on come back with the other sign.
        var doubled = SecretArray.Of<int>(2 * limbs.Length);
        for (var i = 0; i < limbs.Length; i++)
        {
            doubled[limbs.Length + i] = signed ? LimbPolynomial.SignExtend(limbs[i]) : (int)limbs[i];
            doubled[i] = -doubled[limbs.Length + i];
        }
        for (var j = 0; j < quotient.Length; j++)
        {
            long factor = quotient[j];
            var row = doubled.AsSpan(limbs.Length - j, product.Length);
            for (var i = 0; i < row.Length; i++)
                product[i] += factor * row[i];
        }
        SecretArray.Zero(doubled);
    }

    private static void Subtract(LimbPolynomial target, int index, ReadOnlySpan<long> product, int productWords, int shift)
    {
        var degree = target.Degree;
        var limbs = target.Limbs;
        var (firstWord, bits) = (shift / LimbBits, shift % LimbBits);
        long carry = 0;
        var (previous, borrow) = (0u, 0);
        for (var w = 0; w + firstWord < target.Words; w++)
        {
            if (w < productWords)
                carry += product[w * degree];
            var limb = (uint)carry & Mask;
            carry >>= LimbBits;
            var shifted = ((limb << bits) & Mask) | previous;
            previous = limb >> (LimbBits - bits);

            ref var place = ref limbs[((w + firstWord) * degree) + index];
            var difference = (int)place - (int)shifted + borrow;
            place = (uint)difference & Mask;
            borrow = difference >> 31;
        }
    }
}
