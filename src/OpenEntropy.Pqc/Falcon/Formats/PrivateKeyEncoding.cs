namespace OpenEntropy.Pqc.Falcon.Formats;

/// <summary>
/// 3.11.5: the byte 0x50 + log2 n, then f, g and F, a coefficient in two's complement of 6 (n = 512) or 5 bits (n = 1024) for f and g and of 8 bits
/// for F; the least value, −2^(bits − 1), is not a coefficient. G is not encoded. No branch and no address depends on a coefficient; an encoding is
/// refused as a whole.
/// </summary>
internal static class PrivateKeyEncoding
{
    private const int LargeBits = 8;
    private const byte Header = 0x50;

    /// <summary>The greatest magnitude of a coefficient in two's complement of this many bits.</summary>
    public static int MaxMagnitude(int bits) => (1 << (bits - 1)) - 1;

    /// <summary>Encodes three polynomials whose coefficients are in range. The caller zeroes what it is given.</summary>
    public static byte[] Encode(FalconParameters parameters, ReadOnlySpan<sbyte> f, ReadOnlySpan<sbyte> g, ReadOnlySpan<sbyte> bigF)
    {
        var encoded = SecretArray.Of<byte>(parameters.PrivateKeyBytes);
        encoded[0] = (byte)(Header + parameters.LogDegree);
        var written = 1;
        written += Append(f, parameters.SmallBits, encoded.AsSpan(written));
        written += Append(g, parameters.SmallBits, encoded.AsSpan(written));
        Append(bigF, LargeBits, encoded.AsSpan(written));
        return encoded;
    }

    /// <summary>Decodes; false for another length, another header or a coefficient out of range.</summary>
    public static bool TryDecode(FalconParameters parameters, ReadOnlySpan<byte> encoded, Span<sbyte> f, Span<sbyte> g, Span<sbyte> bigF)
    {
        if (encoded.Length != parameters.PrivateKeyBytes || encoded[0] != Header + parameters.LogDegree)
            return false;
        var smallBytes = parameters.SmallBits * parameters.Degree / 8;
        encoded = encoded[1..];
        return Read(encoded[..smallBytes], parameters.SmallBits, f)
            & Read(encoded.Slice(smallBytes, smallBytes), parameters.SmallBits, g)
            & Read(encoded[(2 * smallBytes)..], LargeBits, bigF);
    }

    private static int Append(ReadOnlySpan<sbyte> polynomial, int width, Span<byte> target)
    {
        var (accumulator, bits, written) = (0u, 0, 0);
        foreach (var coefficient in polynomial)
        {
            accumulator = (accumulator << width) | ((uint)coefficient & ((1u << width) - 1));
            for (bits += width; bits >= 8; bits -= 8)
                target[written++] = (byte)(accumulator >> (bits - 8));
        }
        return written;
    }

    private static bool Read(ReadOnlySpan<byte> source, int width, Span<sbyte> polynomial)
    {
        var (accumulator, bits, read, outOfRange) = (0u, 0, 0, 0u);
        var least = 1u << (width - 1);
        foreach (ref var coefficient in polynomial)
        {
            for (; bits < width; bits += 8)
                accumulator = (accumulator << 8) | source[read++];
            bits -= width;
            var value = (accumulator >> bits) & ((1u << width) - 1);
            outOfRange |= ((value ^ least) - 1) >> 31;
            coefficient = (sbyte)((value ^ least) - least);
        }
        return outOfRange == 0;
    }
}
