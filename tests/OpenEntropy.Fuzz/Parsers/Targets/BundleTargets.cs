using System.Buffers;
using System.Text.Json;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.Tests.Bundles;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>Bundles from anywhere, the identity on disk, and the keys and signatures in them.</summary>
internal static class BundleTargets
{
    private const string Passphrase = "correct horse battery staple";

    private static readonly byte[] s_message = "message"u8.ToArray();
    private static readonly byte[] s_bundle = BundleMaker.Document(KeyEncodings.None, "ML-KEM-768");
    private static readonly string s_id = BundleVerifier.Verify(s_bundle).Id!;
    private static readonly PublicIdentity s_signer = BundleMaker.Identity.Value.Public;
    private static readonly byte[] s_signature = BundleMaker.Identity.Value.SignByFalcon(s_message, BundleMaker.Random(7));
    private static readonly MlDsaPrivateKey s_mlDsa = MlDsaPrivateKey.FromSeed(MlDsaParameters.MlDsa44, new byte[32]);
    private static readonly byte[] s_mlDsaSignature = s_mlDsa.SignDeterministically(s_message, []);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new("bundle", ReadBundle, s_bundle, BundleMaker.Document(KeyEncodings.Hex | KeyEncodings.Pem | KeyEncodings.Jwk, "ML-DSA-65"))
        {
            Refusals = [typeof(BundleFormatException)],
            Cost = 50,
        },
        new("bundle_identity", ReadIdentity, Identity()) { Refusals = [typeof(KeyFormatException), typeof(ArgumentException)], Cost = 200 },
        new("falcon_signature", ReadFalconSignature, s_signature) { Cost = 2 },
        new("falcon_public_key", ReadFalconKey, s_signer.Falcon.Encoded.ToArray()) { Cost = 5 },
        new("mldsa_signature", ReadMlDsaSignature, s_mlDsaSignature) { Cost = 10 },
    ];

    // What of a bundle is not signed, white space say, may be another.
    private static void ReadBundle(byte[] json)
    {
        var found = BundleVerifier.Verify(json);
        BrokenRuleException.Unless(
            !found.IsValid || (found.Id == s_id && found.Signer!.IsSame(s_signer)),
            "a bundle is valid that nobody signed"
        );
        BrokenRuleException.Unless(found.IsValid || found.Checks.Any(check => !check.Ok), "a bundle is not valid, and nothing says why");
    }

    private static void ReadIdentity(byte[] json)
    {
        using var identity = BundleIdentity.Read(json, Passphrase);
        BrokenRuleException.Unless(identity.Public.IsSame(s_signer), "another identity came out");
    }

    private static void ReadFalconSignature(byte[] signature)
    {
        var verifies = s_signer.Falcon.Verify(s_message, signature, FalconSignatureFormat.Padded);
        BrokenRuleException.Unless(
            verifies == signature.AsSpan().SequenceEqual(s_signature),
            "a torn signature verifies, or a whole one does not"
        );
    }

    private static void ReadFalconKey(byte[] encoded)
    {
        if (FalconPublicKey.TryDecode(FalconParameters.Falcon512, encoded, out var key))
            BrokenRuleException.Unless(key.Encoded.SequenceEqual(encoded), "a key is written otherwise than it was read");
    }

    private static void ReadMlDsaSignature(byte[] signature)
    {
        var verifies = s_mlDsa.PublicKey.Verify(s_message, [], signature);
        BrokenRuleException.Unless(
            verifies == signature.AsSpan().SequenceEqual(s_mlDsaSignature),
            "a torn signature verifies, or a whole one does not"
        );
    }

    private static byte[] Identity()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
            BundleMaker.Identity.Value.Write(writer, DateTimeOffset.UnixEpoch, Passphrase, BundleMaker.Random(3), iterations: 1);
        return text.WrittenSpan.ToArray();
    }
}
