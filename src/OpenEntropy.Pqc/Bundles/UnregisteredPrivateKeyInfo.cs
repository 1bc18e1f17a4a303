using System.Formats.Asn1;
using OpenEntropy.Pqc.Containers;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>A private key as PKCS #8 (RFC 5958, 2) of an algorithm that has no identifier of its own: under one of ours, the key as it is.</summary>
internal static class UnregisteredPrivateKeyInfo
{
    private const int FrameBytes = 128;

    /// <summary>Writes a key.</summary>
    /// <param name="oid">The identifier.</param>
    /// <param name="secretKey">The key.</param>
    /// <returns>DER, the caller's to zero.</returns>
    public static byte[] Write(string oid, ReadOnlySpan<byte> secretKey)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, secretKey.Length + FrameBytes); // a buffer that grew would leave a copy behind
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(oid);
            writer.WriteOctetString(secretKey);
        }

        return Der.EncodeSecret(writer);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="oid">The identifier it must have.</param>
    /// <param name="encoded">DER, and nothing after it.</param>
    /// <returns>The key, the caller's to zero.</returns>
    /// <exception cref="KeyFormatException">Anything else.</exception>
    public static byte[] Read(string oid, ReadOnlyMemory<byte> encoded)
    {
        try
        {
            var outer = new AsnReader(encoded, AsnEncodingRules.DER);
            var sequence = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var isFirst = sequence.TryReadInt32(out var version) && version == 0;
            var algorithm = sequence.ReadSequence();
            var given = algorithm.ReadObjectIdentifier();
            algorithm.ThrowIfNotEmpty();
            var secretKey = Der.ReadSecret(sequence);
            if (isFirst && given == oid && !sequence.HasData)
                return secretKey;
            SecretArray.Zero(secretKey);
            throw new KeyFormatException("The container is not of the algorithm wanted.");
        }
        catch (AsnContentException exception)
        {
            throw new KeyFormatException("The container is no PKCS #8.", exception);
        }
    }
}
