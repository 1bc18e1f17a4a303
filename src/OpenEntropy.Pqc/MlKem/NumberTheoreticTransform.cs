namespace OpenEntropy.Pqc.MlKem;

/// <summary>
/// The transform of FIPS 203, 4.3, and the arithmetic of polynomials of <see cref="Length"/> coefficients. Coefficients are those of
/// <see cref="Field"/>; time and addresses do not depend on them.
/// </summary>
internal static class NumberTheoreticTransform
{
    /// <summary>n: coefficients of a polynomial.</summary>
    public const int Length = 256;

    private const int RootOfUnity = 17; // ζ: of order 256 modulo q

    // 2^32 / 128: undoes the factor 128 of the inverse and leaves one 2^16, which a product in Montgomery's way lacks.
    private const short InverseScale = (short)((1L << 25) % Field.Q);

    // 2^32: gives a product the 2^16 that it lacks.
    private const short ProductScale = (short)((1L << 32) % Field.Q);

    private static readonly short[] s_zetas = Powers(i => BitReverse(i));
    private static readonly short[] s_gammas = Powers(i => (2 * BitReverse(i)) + 1);

    /// <summary>ζ^BitRev₇(i), in Montgomery form: the first table of FIPS 203, appendix A.</summary>
    internal static ReadOnlySpan<short> Zetas => s_zetas;

    /// <summary>ζ^(2 BitRev₇(i) + 1), in Montgomery form: the second table of FIPS 203, appendix A.</summary>
    internal static ReadOnlySpan<short> Gammas => s_gammas;

    /// <summary>Algorithm 9, NTT, in place.</summary>
    /// <param name="f">Coefficients of at most q in magnitude; then the transform, reduced.</param>
    public static void Forward(Span<short> f)
    {
        f = f[..Length];
        var i = 1;
        for (var length = 128; length >= 2; length >>= 1)
        {
            for (var start = 0; start < Length; start += 2 * length)
            {
                var zeta = s_zetas[i++];
                var low = f.Slice(start, length);
                var high = f.Slice(start + length, length)[..low.Length];
                for (var j = 0; j < low.Length; j++)
                {
                    // Each of the seven layers adds less than q: 8 q fits 16 bits.
                    var t = Field.Multiply(high[j], zeta);
                    high[j] = (short)(low[j] - t);
                    low[j] = (short)(low[j] + t);
                }
            }
        }

        Reduce(f);
    }

    /// <summary>Algorithm 10, the inverse, in place, of a sum of products by <see cref="MultiplyAdd"/>.</summary>
    /// <param name="f">A sum of at most four products; then coefficients of less than q in magnitude.</param>
    public static void InverseOfProduct(Span<short> f)
    {
        f = f[..Length];
        Reduce(f);
        var i = 127;
        for (var length = 2; length <= 128; length <<= 1)
        {
            for (var start = 0; start < Length; start += 2 * length)
            {
                var zeta = s_zetas[i--];
                var low = f.Slice(start, length);
                var high = f.Slice(start + length, length)[..low.Length];
                for (var j = 0; j < low.Length; j++)
                {
                    var t = low[j];
                    low[j] = Field.Reduce((short)(t + high[j]));
                    high[j] = Field.Multiply((short)(high[j] - t), zeta);
                }
            }
        }

        for (var j = 0; j < f.Length; j++)
            f[j] = Field.Multiply(f[j], InverseScale);
    }

    /// <summary>Adds a product of two transforms, divided by 2^16: Algorithms 11 and 12, MultiplyNTTs and BaseCaseMultiply.</summary>
    /// <param name="sum">Of at most three products before.</param>
    /// <param name="f">Of less than 2^12 in magnitude.</param>
    /// <param name="g">Of less than 2^12 in magnitude.</param>
    public static void MultiplyAdd(Span<short> sum, ReadOnlySpan<short> f, ReadOnlySpan<short> g)
    {
        sum = sum[..Length];
        f = f[..Length];
        g = g[..Length];
        var gammas = s_gammas;
        for (int i = 0, j = 0; i < gammas.Length && j < sum.Length - 1; i++, j += 2)
        {
            // Each of the two numbers is less than q: four products and 16 bits are enough for each other.
            var crossed = Field.Multiply(f[j + 1], g[j + 1]);
            sum[j] += Field.MontgomeryReduce((f[j] * g[j]) + (crossed * gammas[i]));
            sum[j + 1] += Field.MontgomeryReduce((f[j] * g[j + 1]) + (f[j + 1] * g[j]));
        }
    }

    /// <summary>Multiplies a sum of products by the 2^16 that it lacks.</summary>
    /// <param name="f">A sum of products by <see cref="MultiplyAdd"/>; then its value, of less than q in magnitude.</param>
    public static void Scale(Span<short> f)
    {
        for (var j = 0; j < f.Length; j++)
            f[j] = Field.Multiply(f[j], ProductScale);
    }

    /// <summary>Adds one polynomial to another.</summary>
    /// <param name="sum">What is added to.</param>
    /// <param name="f">What is added.</param>
    public static void Add(Span<short> sum, ReadOnlySpan<short> f)
    {
        sum = sum[..f.Length];
        for (var j = 0; j < f.Length; j++)
            sum[j] += f[j];
    }

    private static void Reduce(Span<short> f)
    {
        for (var j = 0; j < f.Length; j++)
            f[j] = Field.Reduce(f[j]);
    }

    private static short[] Powers(Func<int, int> exponent)
    {
        var powers = new short[Length / 2];
        for (var i = 0; i < powers.Length; i++)
        {
            var power = Field.R;
            for (var count = exponent(i); count > 0; count--)
                power = power * RootOfUnity % Field.Q;
            powers[i] = (short)power;
        }

        return powers;
    }

    // BitRev₇: the seven bits in reverse (FIPS 203, 2.3).
    private static int BitReverse(int i)
    {
        var reversed = 0;
        for (var bit = 0; bit < 7; bit++)
            reversed |= ((i >> bit) & 1) << (6 - bit);
        return reversed;
    }
}
