using System.Formats.Asn1;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Tests.MlDsa;

namespace OpenEntropy.Pqc.Tests.Containers;

/// <summary>An EncryptedPrivateKeyInfo with any parameters, around a key that is encrypted with few rounds and scripted salt and vector.</summary>
internal sealed record Pbes2Container
{
    public const string Passphrase = "pässwörd 鍵";

    private const int FewRounds = 3;

    private static readonly byte[] s_random = new ScriptedBytes("salt").Next(32);

    public byte[] Plain { get; } = new ContainerKey("ML-DSA-44").Pkcs8(PrivateKeyForm.Seed);

    public string Scheme { get; init; } = "1.2.840.113549.1.5.13";

    public string Derivation { get; init; } = "1.2.840.113549.1.5.12";

    public byte[] Salt { get; init; } = s_random[..16];

    public long Rounds { get; init; } = FewRounds;

    public int? KeyBytes { get; init; }

    public string? Function { get; init; } = "1.2.840.113549.2.9";

    public bool WithNull { get; init; } = true;

    public string Cipher { get; init; } = "2.16.840.1.101.3.4.1.42";

    public byte[] Vector { get; init; } = s_random[16..];

    public byte[] Write()
    {
        var ours = EncryptedPrivateKeyInfo.Encrypt(Plain, Passphrase, new ScriptedBytes("salt").Fill, FewRounds);
        var content = new AsnReader(ours, AsnEncodingRules.DER).ReadSequence();
        content.ReadEncodedValue();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteScheme(writer);
            writer.WriteEncodedValue(content.ReadEncodedValue().Span);
        }

        return writer.Encode();
    }

    private void WriteScheme(AsnWriter writer)
    {
        using var scheme = writer.PushSequence();
        writer.WriteObjectIdentifier(Scheme);
        using var parameters = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Derivation);
            using var derivation = writer.PushSequence();
            writer.WriteOctetString(Salt);
            writer.WriteInteger(Rounds);
            if (KeyBytes is { } keyBytes)
                writer.WriteInteger(keyBytes);
            if (Function is not null)
            {
                using var function = writer.PushSequence();
                writer.WriteObjectIdentifier(Function);
                if (WithNull)
                    writer.WriteNull();
            }
        }

        using var cipher = writer.PushSequence();
        writer.WriteObjectIdentifier(Cipher);
        writer.WriteOctetString(Vector);
    }
}
