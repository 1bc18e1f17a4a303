using System.Numerics;

namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>
/// A polynomial with large integer coefficients in two's complement, in limbs of 31 bits: limb w of coefficient i is element w n + i, the last limb's
/// bit 30 the sign. Secret, zeroed when disposed of. The methods' time depends on degree and limbs, and that of finding a length on the length.
/// </summary>
internal sealed class LimbPolynomial(int degree, int words) : IDisposable
{
    /// <summary>Bits of a limb.</summary>
    public const int LimbBits = 31;

    /// <summary>The greatest limb.</summary>
    public const uint Mask = (1u << LimbBits) - 1;

    private const int WindowBits = 93; // of a coefficient, above which a double holds nothing more

    private readonly uint[] _limbs = SecretArray.Of<uint>(degree * words);

    /// <summary>n, a power of two.</summary>
    public int Degree { get; } = degree;

    /// <summary>Limbs of a coefficient.</summary>
    public int Words { get; private set; } = words;

    /// <summary>All limbs.</summary>
    public Span<uint> Limbs => _limbs.AsSpan(0, Degree * Words);

    /// <summary>The limbs w of all coefficients.</summary>
    public Span<uint> Row(int w) => _limbs.AsSpan(w * Degree, Degree);

    /// <summary>A polynomial with small coefficients.</summary>
    public static LimbPolynomial FromSmall(ReadOnlySpan<sbyte> coefficients)
    {
        var polynomial = new LimbPolynomial(coefficients.Length, 1);
        for (var i = 0; i < coefficients.Length; i++)
            polynomial._limbs[i] = (uint)coefficients[i] & Mask;
        return polynomial;
    }

    /// <summary>Coefficient i of a polynomial of one limb.</summary>
    public int Small(int i) => SignExtend(_limbs[i]);

    /// <summary>The least b for which every coefficient is in [−2^b, 2^b).</summary>
    public int BitLength()
    {
        var signs = Row(Words - 1);
        for (var w = Words - 1; w >= 0; w--)
        {
            var row = Row(w);
            var any = 0u;
            for (var i = 0; i < row.Length; i++)
                any |= row[i] ^ ((uint)(SignExtend(signs[i]) >> LimbBits) & Mask);
            if (any != 0)
                return (w * LimbBits) + BitOperations.Log2(any) + 1;
        }
        return 0;
    }

    /// <summary>Drops the limbs that hold copies of the sign only.</summary>
    public void Trim() => Words = Math.Min(Words, (BitLength() / LimbBits) + 1);

    /// <summary>The coefficients times 2^−exponent, where every coefficient is in [−2^exponent, 2^exponent).</summary>
    public void ToDoubles(int exponent, Span<double> target)
    {
        var last = Math.Min(Words - 1, exponent / LimbBits);
        var first = Math.Max(0, (exponent - WindowBits) / LimbBits);
        target.Clear();
        for (var w = first; w <= last; w++)
        {
            var row = Row(w);
            var scale = Math.ScaleB(1, (w * LimbBits) - exponent);
            for (var i = 0; i < row.Length; i++)
                target[i] += scale * (w == last ? SignExtend(row[i]) : (int)row[i]);
        }
    }

    /// <summary>A limb that holds a sign in its bit 30.</summary>
    public static int SignExtend(uint limb) => (int)(limb << 1) >> 1;

    /// <inheritdoc/>
    public void Dispose() => SecretArray.Zero(_limbs);
}
