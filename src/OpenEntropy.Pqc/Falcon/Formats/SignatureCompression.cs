namespace OpenEntropy.Pqc.Falcon.Formats;

/// <summary>
/// Algorithms 17 and 18: a coefficient is its sign, the low seven bits of its magnitude, and the rest of it in unary. A polynomial has one encoding
/// only: a zero with a sign, a magnitude above 2047 (which others refuse as well) and bits other than zero after the last coefficient
/// are refused. Signatures are public, so time may follow them.
/// </summary>
internal static class SignatureCompression
{
    private const int MaxMagnitude = 2047;

    /// <summary>Compresses; the bytes written, or −1 when they are not enough or a magnitude is above 2047.</summary>
    public static int Compress(ReadOnlySpan<int> coefficients, Span<byte> target)
    {
        var (accumulator, bits, written) = (0UL, 0, 0);
        foreach (var coefficient in coefficients)
        {
            var magnitude = (uint)Math.Abs(coefficient);
            if (magnitude > MaxMagnitude)
                return -1;
            accumulator = (accumulator << 8) | (coefficient < 0 ? 0x80u : 0) | (magnitude & 0x7F);
            accumulator = (accumulator << (int)((magnitude >> 7) + 1)) | 1;
            for (bits += 9 + (int)(magnitude >> 7); bits >= 8; bits -= 8)
            {
                if (written == target.Length)
                    return -1;
                target[written++] = (byte)(accumulator >> (bits - 8));
            }
        }

        if (bits == 0)
            return written;
        if (written == target.Length)
            return -1;
        target[written++] = (byte)(accumulator << (8 - bits));
        return written;
    }

    /// <summary>Decompresses; the bytes read, the last of them in part, or −1 when this is no encoding of a polynomial.</summary>
    public static int Decompress(ReadOnlySpan<byte> source, Span<int> coefficients)
    {
        var (accumulator, bits, read) = (0UL, 0, 0);
        foreach (ref var coefficient in coefficients)
        {
            // The longest coefficient has 8 + 16 bits. Past the end there are zero bits, which are a unary part without an end.
            for (; bits < 24; bits += 8, read++)
                accumulator = (accumulator << 8) | (read < source.Length ? source[read] : 0u);
            var head = (uint)(accumulator >> (bits - 8)) & 0xFF;
            bits -= 8;
            uint high = 0;
            for (; high < 16 && ((accumulator >> --bits) & 1) == 0; high++) { }
            if (high == 16)
                return -1;
            var magnitude = (int)((high << 7) | (head & 0x7F));
            if (magnitude == 0 && (head & 0x80) != 0)
                return -1; // "−0"
            coefficient = (head & 0x80) != 0 ? -magnitude : magnitude;
        }

        var ahead = bits / 8; // whole bytes that belong to no coefficient
        var unused = (accumulator >> (ahead * 8)) & ((1UL << (bits % 8)) - 1);
        return unused == 0 ? read - ahead : -1;
    }
}
