using System.Formats.Asn1;

namespace OpenEntropy.Pqc.Containers;

/// <summary>DER (X.690), read without any tolerance.</summary>
internal static class Der
{
    /// <summary>Reads a value that is one SEQUENCE and nothing after it.</summary>
    /// <param name="what">What is read, as the subject of a sentence.</param>
    /// <param name="encoded">The value.</param>
    /// <param name="read">Reads the content of the SEQUENCE; what it leaves is an error, and the result is then disposed.</param>
    /// <exception cref="KeyFormatException">It is not DER, or there are bytes left.</exception>
    public static T ReadSequence<T>(string what, ReadOnlyMemory<byte> encoded, Func<AsnReader, T> read) =>
        Read(
            what,
            encoded,
            reader =>
            {
                var content = reader.ReadSequence();
                return AtEnd(what, content, read(content));
            }
        );

    /// <summary>Reads a value and nothing after it.</summary>
    /// <param name="what">What is read, as the subject of a sentence.</param>
    /// <param name="encoded">The value.</param>
    /// <param name="read">Reads it; the result is disposed where something is left.</param>
    /// <exception cref="KeyFormatException">It is not DER, or there are bytes left.</exception>
    public static T Read<T>(string what, ReadOnlyMemory<byte> encoded, Func<AsnReader, T> read)
    {
        try
        {
            var reader = new AsnReader(encoded, AsnEncodingRules.DER);
            return AtEnd(what, reader, read(reader));
        }
        catch (AsnContentException exception)
        {
            throw new KeyFormatException($"{what} is not DER of the right form: {exception.Message}", exception);
        }
    }

    /// <summary>Refuses what is left in a reader.</summary>
    /// <param name="what">What was read.</param>
    /// <param name="reader">The reader.</param>
    /// <exception cref="KeyFormatException">Something is left.</exception>
    public static void RequireEnd(string what, AsnReader reader)
    {
        if (reader.HasData)
            throw new KeyFormatException($"{what} has bytes after its end.");
    }

    /// <summary>Refuses a length.</summary>
    /// <param name="what">What has the length, as the subject of a sentence.</param>
    /// <param name="given">Bytes given.</param>
    /// <param name="wanted">Bytes wanted.</param>
    /// <exception cref="KeyFormatException">They differ.</exception>
    public static void RequireLength(string what, int given, int wanted)
    {
        if (given != wanted)
            throw new KeyFormatException($"{what} has {wanted} bytes, not {given}.");
    }

    /// <summary>Writes an AlgorithmIdentifier without parameters.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="algorithm">The algorithm.</param>
    public static void WriteAlgorithm(AsnWriter writer, KeyAlgorithm algorithm)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(algorithm.Oid);
    }

    /// <summary>Reads an AlgorithmIdentifier, whose parameters must be absent: RFC 9935, 3 and RFC 9881, 2.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="KeyFormatException">Another algorithm, or parameters.</exception>
    public static KeyAlgorithm ReadAlgorithm(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        var algorithm =
            KeyAlgorithm.All.FirstOrDefault(each => each.Oid == oid)
            ?? throw new KeyFormatException($"The object identifier {oid} is neither of ML-KEM nor of ML-DSA.");
        return sequence.HasData ? throw new KeyFormatException($"An identifier of {algorithm.Name} has no parameters.") : algorithm;
    }

    /// <summary>Reads an OCTET STRING that holds a secret.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="tag">Another tag than that of an OCTET STRING.</param>
    /// <returns>Its bytes, pinned, the caller's to zero.</returns>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static byte[] ReadSecret(AsnReader reader, Asn1Tag? tag = null) =>
        reader.TryReadPrimitiveOctetString(out var secret, tag)
            ? SecretArray.CopyOf(secret.Span)
            : throw new AsnContentException("An OCTET STRING of DER is in one piece.");

    /// <summary>Takes what was written, a secret, out of a writer and zeroes what that holds; the writer's own array is not pinned.</summary>
    /// <param name="writer">The writer, which was made with room for all of it: one that grew has left copies behind.</param>
    /// <returns>DER, pinned, the caller's to zero.</returns>
    public static byte[] EncodeSecret(AsnWriter writer)
    {
        var encoded = SecretArray.Of<byte>(writer.GetEncodedLength());
        writer.Encode(encoded);
        writer.Reset();
        return encoded;
    }

    private static T AtEnd<T>(string what, AsnReader reader, T result)
    {
        if (reader.HasData)
            (result as IDisposable)?.Dispose();
        RequireEnd(what, reader);
        return result;
    }
}
