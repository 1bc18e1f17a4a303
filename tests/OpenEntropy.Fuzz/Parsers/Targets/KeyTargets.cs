using System.Buffers;
using System.Text.Json;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.Tests.Bundles;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>Keys in the containers of others.</summary>
internal static class KeyTargets
{
    private const string Label = "PUBLIC KEY";
    private const string Passphrase = "correct horse battery staple";

    private static readonly KeyAlgorithm s_mlKem = KeyAlgorithm.Named("ML-KEM-512");
    private static readonly MlDsaPrivateKey s_key = MlDsaPrivateKey.FromSeed(MlDsaParameters.MlDsa44, new byte[32]);
    private static readonly byte[] s_public = MlDsaContainers.WritePublicKey(s_key.PublicKey);
    private static readonly byte[] s_private = PrivateKeyInfo.WriteSeed(s_mlKem, new byte[s_mlKem.SeedBytes]);
    private static readonly Type[] s_refusals = [typeof(KeyFormatException)];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new("public_key_info", ReadPublic, s_public) { Refusals = s_refusals },
        new("private_key_info", ReadPrivate, s_private, MlDsaContainers.WritePrivateKey(s_key, PrivateKeyForm.Both))
        {
            Refusals = s_refusals,
            Cost = 10,
        },
        new("encrypted_private_key", ReadEncrypted, EncryptedPrivateKeyInfo.Encrypt(s_private, Passphrase, BundleMaker.Random(4), 1))
        {
            Refusals = s_refusals,
            Cost = 50,
        },
        new("pem", ReadPem, new string(Pem.Write(Label, s_public)))
        {
            Refusals = s_refusals,
            Pieces = ["-----END PUBLIC KEY-----", "-----"],
        },
        new("mldsa_jwk", bytes => _ = MlDsaJwk.ReadPublicKey(bytes), Jwk()) { Refusals = s_refusals, Cost = 2 },
    ];

    // DER has one encoding for each value.
    private static void ReadPublic(byte[] encoded)
    {
        var (algorithm, key) = SubjectPublicKeyInfo.Read(encoded);
        BrokenRuleException.Unless(
            SubjectPublicKeyInfo.Write(algorithm, key).AsSpan().SequenceEqual(encoded),
            "a key is written otherwise than it was read"
        );
    }

    private static void ReadPrivate(byte[] encoded)
    {
        using var parts = PrivateKeyInfo.Read(encoded);
        BrokenRuleException.Unless(parts.PublicKey.Length == parts.Algorithm.PublicKeyBytes, "a public key has another length");
    }

    private static void ReadEncrypted(byte[] encoded)
    {
        var opened = EncryptedPrivateKeyInfo.Decrypt(encoded, Passphrase);
        BrokenRuleException.Unless(opened.Length <= encoded.Length, "more came out than went in");
    }

    private static void ReadPem(string text) => _ = Pem.Read(text, Label);

    private static byte[] Jwk()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
            MlDsaJwk.Write(writer, s_key.PublicKey);
        return text.WrittenSpan.ToArray();
    }
}
