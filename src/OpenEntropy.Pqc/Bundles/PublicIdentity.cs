using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.MlDsa;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>The public half of who signs bundles: a key of ML-DSA-65 and one of Falcon-512.</summary>
/// <param name="mlDsa">The one.</param>
/// <param name="falcon">The other.</param>
internal sealed class PublicIdentity(MlDsaPublicKey mlDsa, FalconPublicKey falcon)
{
    /// <summary>The algorithm of the first signature, by the name that RFC 9964 registers.</summary>
    public const string MlDsaAlgorithm = "ML-DSA-65";

    /// <summary>The algorithm of the second, by a name of our own: Falcon-512 of the third round, padded signatures.</summary>
    public const string FalconAlgorithm = "x-falcon-padded-512";

    /// <summary>What <c>typ</c> of the protected headers says.</summary>
    public const string Type = "openentropy-bundle+jws";

    /// <summary>The key of ML-DSA-65.</summary>
    public MlDsaPublicKey MlDsa { get; } = mlDsa;

    /// <summary>The key of Falcon-512.</summary>
    public FalconPublicKey Falcon { get; } = falcon;

    /// <summary>The first key's thumbprint: RFC 7638 with RFC 9964.</summary>
    public string MlDsaKeyId { get; } = MlDsaJwk.Thumbprint(mlDsa);

    /// <summary>SHA-256 of the second key, base64url.</summary>
    public string FalconKeyId { get; } = Base64Url.EncodeToString(SHA256.HashData(falcon.Encoded));

    /// <summary>Whether it is the same.</summary>
    /// <param name="other">Another.</param>
    public bool IsSame(PublicIdentity other) => MlDsa.IsSame(other.MlDsa) && Falcon.Encoded.SequenceEqual(other.Falcon.Encoded);

    /// <summary>The protected header of a signature.</summary>
    /// <param name="algorithm">Its algorithm.</param>
    public string Header(string algorithm)
    {
        var key = algorithm == MlDsaAlgorithm ? MlDsaKeyId : FalconKeyId;
        var header = $$"""{"alg":"{{algorithm}}","typ":"{{Type}}","kid":"{{key}}"}""";
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header));
    }

    /// <summary>Writes both keys as an array.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteKeys(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        Write(writer, MlDsaAlgorithm, MlDsaKeyId, MlDsa.Encoded.Span);
        Write(writer, FalconAlgorithm, FalconKeyId, Falcon.Encoded);
        writer.WriteEndArray();
    }

    /// <summary>Reads both keys; null for anything that <see cref="WriteKeys"/> does not write.</summary>
    /// <param name="keys">The array.</param>
    public static PublicIdentity? Read(JsonElement keys)
    {
        if (keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() != 2)
            return null;
        if (
            BytesOf(keys[0], MlDsaAlgorithm) is not { } mlDsa
            || mlDsa.Length != MlDsaParameters.MlDsa65.PublicKeyBytes
            || BytesOf(keys[1], FalconAlgorithm) is not { } encoded
            || !FalconPublicKey.TryDecode(FalconParameters.Falcon512, encoded, out var falcon)
        )
            return null;
        var identity = new PublicIdentity(MlDsaPublicKey.FromBytes(MlDsaParameters.MlDsa65, mlDsa), falcon);
        return KeyIdOf(keys[0]) == identity.MlDsaKeyId && KeyIdOf(keys[1]) == identity.FalconKeyId ? identity : null;
    }

    private static string? KeyIdOf(JsonElement key) => JsonText.Find(key, "kid");

    private static byte[]? BytesOf(JsonElement key, string algorithm) =>
        JsonText.Find(key, "alg") == algorithm && JsonText.Find(key, "public_key") is { } text ? JsonText.FromBase64(text) : null;

    private static void Write(Utf8JsonWriter writer, string algorithm, string keyId, ReadOnlySpan<byte> publicKey)
    {
        writer.WriteStartObject();
        writer.WriteString("alg"u8, algorithm);
        writer.WriteString("kid"u8, keyId);
        writer.WriteBase64String("public_key"u8, publicKey);
        writer.WriteEndObject();
    }
}
