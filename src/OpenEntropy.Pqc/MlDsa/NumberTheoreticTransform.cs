namespace OpenEntropy.Pqc.MlDsa;

/// <summary>The number-theoretic transform of FIPS 204, 7.5. No branch and no address depends on a coefficient.</summary>
internal static class NumberTheoreticTransform
{
    /// <summary>Coefficients of a polynomial.</summary>
    public const int Size = 256;

    /// <summary>ζ, a 512th root of unity modulo q (FIPS 204, Table 1).</summary>
    internal const int Zeta = 1753;

    /// <summary>2^32 modulo q.</summary>
    private const long Radix = (1L << 32) % ModQ.Q;

    // ζ^BitRev8(m)·2^32 mod± q, computed at start: FIPS 204, 7.5 and Appendix B.
    private static readonly int[] s_zetas =
    [
        .. Enumerable.Range(0, Size).Select(index => InMontgomeryForm(Power(Zeta, ReversedBits(index)))),
    ];

    // 256^-1·2^64: one 2^32 is for this product, one for that of the coefficients before.
    private static readonly int s_scale = InMontgomeryForm(Power(Size, ModQ.Q - 2) * Radix % ModQ.Q);

    /// <summary>ζ^BitRev8(m)·2^32 mod± q.</summary>
    internal static ReadOnlySpan<int> Zetas => s_zetas;

    /// <summary>Algorithm 41, NTT, in place.</summary>
    /// <param name="polynomial">256 coefficients between -q and q; afterwards between -9·q and 9·q.</param>
    public static void Forward(Span<int> polynomial)
    {
        polynomial = polynomial[..Size];
        var m = 0;
        for (var length = Size / 2; length > 0; length /= 2)
        {
            for (var start = 0; start < Size; start += 2 * length)
            {
                var zeta = s_zetas[++m];
                var low = polynomial.Slice(start, length);
                var high = polynomial.Slice(start + length, length);
                for (var j = 0; j < low.Length && j < high.Length; j++)
                {
                    var t = ModQ.Multiply(zeta, high[j]); // between -q and q: each layer adds at most q
                    high[j] = low[j] - t;
                    low[j] += t;
                }
            }
        }
    }

    /// <summary>
    /// Algorithm 42, the inverse NTT, in place, times 2^32: of a product by <see cref="ModQ.Multiply"/>, which lacks just that, it gives the product.
    /// </summary>
    /// <param name="polynomial">256 coefficients between -2^31 + 2^23 and 2^31 - 2^23; afterwards between -q and q.</param>
    public static void Inverse(Span<int> polynomial)
    {
        polynomial = polynomial[..Size];
        for (var j = 0; j < polynomial.Length; j++)
            polynomial[j] = ModQ.Reduce(polynomial[j]); // below q: after eight doublings below 256·q < 2^31
        var m = Size;
        for (var length = 1; length < Size; length *= 2)
        {
            for (var start = 0; start < Size; start += 2 * length)
            {
                var zeta = -s_zetas[--m];
                var low = polynomial.Slice(start, length);
                var high = polynomial.Slice(start + length, length);
                for (var j = 0; j < low.Length && j < high.Length; j++)
                {
                    var t = low[j];
                    low[j] = t + high[j];
                    high[j] = ModQ.Multiply(zeta, t - high[j]);
                }
            }
        }

        for (var j = 0; j < polynomial.Length; j++)
            polynomial[j] = ModQ.Multiply(s_scale, polynomial[j]);
    }

    private static int InMontgomeryForm(long value)
    {
        var residue = (int)(value * Radix % ModQ.Q);
        return residue > ModQ.Q / 2 ? residue - ModQ.Q : residue;
    }

    private static long Power(long value, int exponent)
    {
        var result = 1L;
        for (; exponent > 0; exponent >>= 1, value = value * value % ModQ.Q)
        {
            if ((exponent & 1) != 0)
                result = result * value % ModQ.Q;
        }

        return result;
    }

    // Algorithm 43, BitRev8.
    private static int ReversedBits(int value)
    {
        var reversed = 0;
        for (var bit = 0; bit < 8; bit++)
            reversed |= ((value >> bit) & 1) << (7 - bit);
        return reversed;
    }
}
