using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenEntropy.Pqc.MlDsa;

namespace OpenEntropy.Pqc.Containers;

/// <summary>Keys of ML-DSA as JSON Web Keys: RFC 9964, key type AKP, whose private half is the seed.</summary>
internal static class MlDsaJwk
{
    private const string KeyType = "AKP";

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>The thumbprint: RFC 7638 over the members that RFC 9964 requires, SHA-256; 43 characters.</summary>
    /// <param name="key">The key.</param>
    public static string Thumbprint(MlDsaPublicKey key)
    {
        // RFC 7638, 3.3: sorted by name, no white space; no character here needs an escape.
        var pub = Base64Url.EncodeToString(key.Encoded.Span);
        var text = $$"""{"alg":"{{key.Parameters.Name}}","kty":"{{KeyType}}","pub":"{{pub}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
    }

    /// <summary>Writes a public key as an object, its thumbprint as <c>kid</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="key">The key.</param>
    public static void Write(Utf8JsonWriter writer, MlDsaPublicKey key)
    {
        writer.WriteStartObject();
        WriteMembers(writer, key);
        writer.WriteEndObject();
    }

    /// <summary>Writes a private key as an object.</summary>
    /// <param name="writer">Where to; what it holds is the caller's to zero.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="InvalidOperationException">The key came without its seed.</exception>
    public static void Write(Utf8JsonWriter writer, MlDsaPrivateKey key)
    {
        Span<byte> seed = stackalloc byte[MlDsaParameters.SeedBytes];
        Span<byte> text = stackalloc byte[Base64Url.GetEncodedLength(MlDsaParameters.SeedBytes)];
        try
        {
            key.ExportSeed(seed);
            Base64Url.EncodeToUtf8(seed, text, out _, out _);
            writer.WriteStartObject();
            WriteMembers(writer, key.PublicKey);
            writer.WriteString("priv"u8, text);
            writer.WriteEndObject();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>Reads a public key.</summary>
    /// <param name="json">One object.</param>
    /// <exception cref="KeyFormatException">Anything else, or a private key. What <c>kid</c> says is not looked at.</exception>
    public static MlDsaPublicKey ReadPublicKey(ReadOnlyMemory<byte> json) =>
        Read(
            json,
            jwk =>
                jwk.TryGetProperty("priv", out _)
                    ? throw new KeyFormatException("The JWK is a private key, not a public one.")
                    : ReadMembers(jwk)
        );

    /// <summary>Reads a private key, whose public half must be that of its seed.</summary>
    /// <param name="json">One object.</param>
    /// <exception cref="KeyFormatException">Anything else.</exception>
    public static MlDsaPrivateKey ReadPrivateKey(ReadOnlyMemory<byte> json) => Read(json, ReadPrivateMembers);

    private static void WriteMembers(Utf8JsonWriter writer, MlDsaPublicKey key)
    {
        writer.WriteString("kty"u8, KeyType);
        writer.WriteString("alg"u8, key.Parameters.Name);
        writer.WriteString("kid"u8, Thumbprint(key));
        writer.WriteString("pub"u8, Base64Url.EncodeToString(key.Encoded.Span));
    }

    private static MlDsaPrivateKey ReadPrivateMembers(JsonElement jwk)
    {
        var publicKey = ReadMembers(jwk);
        var seed = BytesOf(jwk, "priv", MlDsaParameters.SeedBytes);
        var key = MlDsaPrivateKey.FromSeed(publicKey.Parameters, seed);
        CryptographicOperations.ZeroMemory(seed);
        if (key.PublicKey.IsSame(publicKey))
            return key;
        key.Dispose();
        throw new KeyFormatException("The member pub of the JWK is not the public key of priv.");
    }

    private static MlDsaPublicKey ReadMembers(JsonElement jwk)
    {
        if (TextOf(jwk, "kty") != KeyType)
            throw new KeyFormatException($"The member kty of the JWK is not {KeyType}.");
        var name = TextOf(jwk, "alg");
        var parameters =
            MlDsaParameters.All.FirstOrDefault(each => each.Name == name)
            ?? throw new KeyFormatException("The member alg of the JWK is none of ML-DSA.");
        return MlDsaPublicKey.FromBytes(parameters, BytesOf(jwk, "pub", parameters.PublicKeyBytes));
    }

    private static byte[] BytesOf(JsonElement jwk, string name, int length)
    {
        var bytes =
            CanonicalBase64Url.Decode(TextOf(jwk, name)) ?? throw new KeyFormatException($"The member {name} of the JWK is not base64url.");
        Der.RequireLength($"The member {name} of the JWK", bytes.Length, length);
        return bytes;
    }

    private static string TextOf(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new KeyFormatException($"The JWK has no text as its member {name}.");

    private static T Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(document.RootElement)
                : throw new KeyFormatException("The JWK is not an object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new KeyFormatException("The JWK is not JSON.", exception); // the second: a text with half a surrogate pair
        }
    }
}
