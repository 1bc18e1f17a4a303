using System.Formats.Asn1;

namespace OpenEntropy.Pqc.Tests.MlKem;

/// <summary>ML-KEM keys in the containers of RFC 9935, as far as OpenSSL is asked about them.</summary>
internal static class KeyContainer
{
    private const string Arc = "2.16.840.1.101.3.4.4."; // kems of NIST

    private static readonly Asn1Tag s_seed = new(TagClass.ContextSpecific, 0);

    /// <summary>RFC 9935, 4: SubjectPublicKeyInfo.</summary>
    /// <param name="arc">The last number of the object identifier.</param>
    /// <param name="key">ek.</param>
    public static byte[] Spki(int arc, byte[] key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteAlgorithm(writer, arc);
            writer.WriteBitString(key);
        }

        return writer.Encode();
    }

    /// <summary>RFC 9935, 6: OneAsymmetricKey with the seed alone.</summary>
    /// <param name="arc">The last number of the object identifier.</param>
    /// <param name="seed">d‖z.</param>
    public static byte[] Pkcs8(int arc, byte[] seed)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        key.WriteOctetString(seed, s_seed);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            WriteAlgorithm(writer, arc);
            writer.WriteOctetString(key.Encode());
        }

        return writer.Encode();
    }

    /// <summary>Reads a OneAsymmetricKey that has the seed and the expanded key: what OpenSSL writes.</summary>
    /// <param name="pkcs8">The container.</param>
    public static (byte[] Seed, byte[] Expanded) BothOf(byte[] pkcs8)
    {
        var sequence = new AsnReader(pkcs8, AsnEncodingRules.DER).ReadSequence();
        sequence.ReadInteger();
        sequence.ReadSequence();
        var both = new AsnReader(sequence.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
        return (both.ReadOctetString(), both.ReadOctetString());
    }

    private static void WriteAlgorithm(AsnWriter writer, int arc)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(Arc + arc);
    }
}
