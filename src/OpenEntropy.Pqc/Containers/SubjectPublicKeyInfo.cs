using System.Formats.Asn1;

namespace OpenEntropy.Pqc.Containers;

/// <summary>A public key as SubjectPublicKeyInfo: RFC 5280, 4.1.2.7, with RFC 9935, 4 and RFC 9881, 4.</summary>
internal static class SubjectPublicKeyInfo
{
    /// <summary>The label in PEM: RFC 7468, 13.</summary>
    public const string PemLabel = "PUBLIC KEY";

    private const string What = "A SubjectPublicKeyInfo";

    /// <summary>Writes a key.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="publicKey">The key.</param>
    /// <returns>DER.</returns>
    /// <exception cref="ArgumentException">The key has another length than the algorithm's.</exception>
    public static byte[] Write(KeyAlgorithm algorithm, ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != algorithm.PublicKeyBytes)
        {
            throw new ArgumentException(
                $"A public key of {algorithm.Name} has {algorithm.PublicKeyBytes} bytes, not {publicKey.Length}.",
                nameof(publicKey)
            );
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Der.WriteAlgorithm(writer, algorithm);
            writer.WriteBitString(publicKey);
        }

        return writer.Encode();
    }

    /// <summary>Reads a key.</summary>
    /// <param name="encoded">DER, and nothing after it.</param>
    /// <returns>The algorithm, and the key in the right length.</returns>
    /// <exception cref="KeyFormatException">Anything else.</exception>
    public static (KeyAlgorithm Algorithm, byte[] PublicKey) Read(ReadOnlyMemory<byte> encoded) =>
        Der.ReadSequence(
            What,
            encoded,
            reader =>
            {
                var algorithm = Der.ReadAlgorithm(reader);
                return (algorithm, ReadBits(reader, algorithm, tag: null));
            }
        );

    /// <summary>Reads the BIT STRING of a key.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="tag">Another tag than that of a BIT STRING.</param>
    /// <exception cref="KeyFormatException">Another length.</exception>
    internal static byte[] ReadBits(AsnReader reader, KeyAlgorithm algorithm, Asn1Tag? tag)
    {
        var key = reader.ReadBitString(out var unusedBits, tag);
        if (unusedBits != 0)
            throw new KeyFormatException($"A public key of {algorithm.Name} is whole bytes.");
        Der.RequireLength($"A public key of {algorithm.Name}", key.Length, algorithm.PublicKeyBytes);
        return key;
    }
}
