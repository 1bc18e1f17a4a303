namespace OpenEntropy.Pqc.MlKem;

/// <summary>Polynomials as bytes: FIPS 203, 4.2.1. Time and addresses depend on lengths only, but where said.</summary>
internal static class PolynomialEncoding
{
    private const int UncompressedBits = 12;

    /// <summary>Algorithm 5, ByteEncode₁₂, of one polynomial or several.</summary>
    /// <param name="polynomials">Coefficients.</param>
    /// <param name="target">Three bytes for two coefficients.</param>
    public static void Encode(ReadOnlySpan<short> polynomials, Span<byte> target)
    {
        target = target[..(polynomials.Length * UncompressedBits / 8)];
        for (int i = 0, at = 0; i < polynomials.Length - 1; i += 2, at += 3)
        {
            var pair = Field.Canonical(polynomials[i]) | (Field.Canonical(polynomials[i + 1]) << UncompressedBits);
            target[at] = (byte)pair;
            target[at + 1] = (byte)(pair >> 8);
            target[at + 2] = (byte)(pair >> 16);
        }
    }

    /// <summary>Algorithm 6, ByteDecode₁₂, of one polynomial or several. A number of q or more stays as it is: it means the same modulo q.</summary>
    /// <param name="source">Three bytes for two coefficients.</param>
    /// <param name="polynomials">Coefficients from 0 to 4095.</param>
    public static void Decode(ReadOnlySpan<byte> source, Span<short> polynomials)
    {
        source = source[..(polynomials.Length * UncompressedBits / 8)];
        for (int i = 0, at = 0; i < polynomials.Length - 1; i += 2, at += 3)
        {
            var pair = source[at] | (source[at + 1] << 8) | (source[at + 2] << 16);
            polynomials[i] = (short)(pair & 0xFFF);
            polynomials[i + 1] = (short)(pair >> UncompressedBits);
        }
    }

    /// <summary>The modulus check of FIPS 203, 7.2: whether all numbers are less than q. Of what is public: the first that is not ends it.</summary>
    /// <param name="source">Encoded polynomials.</param>
    public static bool IsCanonical(ReadOnlySpan<byte> source)
    {
        for (var at = 0; at < source.Length - 2; at += 3)
        {
            var pair = source[at] | (source[at + 1] << 8) | (source[at + 2] << 16);
            if ((pair & 0xFFF) >= Field.Q || pair >> UncompressedBits >= Field.Q)
                return false;
        }

        return true;
    }

    /// <summary>ByteEncode_d of Compress_d, of one polynomial or several.</summary>
    /// <param name="polynomials">Coefficients.</param>
    /// <param name="bits">d, from 1 to 11.</param>
    /// <param name="target">d bits for each.</param>
    public static void Compress(ReadOnlySpan<short> polynomials, int bits, Span<byte> target)
    {
        ulong pending = 0;
        var count = 0;
        var at = 0;
        foreach (var coefficient in polynomials)
        {
            pending |= (ulong)Field.Compress(coefficient, bits) << count;
            for (count += bits; count >= 8; count -= 8, pending >>= 8)
                target[at++] = (byte)pending;
        }
    }

    /// <summary>Decompress_d of ByteDecode_d, of one polynomial or several.</summary>
    /// <param name="source">d bits for each.</param>
    /// <param name="bits">d, from 1 to 11.</param>
    /// <param name="polynomials">Coefficients from 0 to q - 1.</param>
    public static void Decompress(ReadOnlySpan<byte> source, int bits, Span<short> polynomials)
    {
        ulong pending = 0;
        var count = 0;
        var at = 0;
        foreach (ref var coefficient in polynomials)
        {
            for (; count < bits; count += 8)
                pending |= (ulong)source[at++] << count;
            coefficient = Field.Decompress((int)pending & ((1 << bits) - 1), bits);
            pending >>= bits;
            count -= bits;
        }
    }
}
