namespace OpenEntropy.Pqc.Falcon.Formats;

/// <summary>
/// 3.11.4: a header, the byte log2 n, and 14 bits for each coefficient of h, the first bit the most significant. Both degrees fill the last byte.
/// </summary>
internal static class PublicKeyEncoding
{
    private const int Bits = 14;

    /// <summary>Encodes coefficients below q.</summary>
    public static byte[] Encode(FalconParameters parameters, ReadOnlySpan<uint> coefficients)
    {
        var encoded = new byte[parameters.PublicKeyBytes];
        encoded[0] = (byte)parameters.LogDegree;
        var (accumulator, bits, written) = (0u, 0, 1);
        foreach (var coefficient in coefficients)
        {
            accumulator = (accumulator << Bits) | coefficient;
            for (bits += Bits; bits >= 8; bits -= 8)
                encoded[written++] = (byte)(accumulator >> (bits - 8));
        }
        return encoded;
    }

    /// <summary>Decodes; false for another length, another header or a coefficient that is not below q.</summary>
    public static bool TryDecode(FalconParameters parameters, ReadOnlySpan<byte> encoded, Span<uint> coefficients)
    {
        if (encoded.Length != parameters.PublicKeyBytes || encoded[0] != parameters.LogDegree)
            return false;
        var (accumulator, bits, read) = (0u, 0, 1);
        foreach (ref var coefficient in coefficients)
        {
            for (; bits < Bits; bits += 8)
                accumulator = (accumulator << 8) | encoded[read++];
            bits -= Bits;
            coefficient = (accumulator >> bits) & ((1u << Bits) - 1);
            if (coefficient >= FalconParameters.Modulus)
                return false;
        }
        return true;
    }
}
