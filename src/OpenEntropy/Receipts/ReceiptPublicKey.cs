using System.Security.Cryptography;
using System.Text.Json;

namespace OpenEntropy.Receipts;

/// <summary>The public half of the key receipts are signed with: ECDSA on P-256.</summary>
public sealed class ReceiptPublicKey
{
    private const int CoordinateBytes = 32;
    private const string P256 = "1.2.840.10045.3.1.7";
    private readonly ECParameters _parameters;

    private ReceiptPublicKey(ECParameters parameters)
    {
        _parameters = parameters;
        KeyId = JwkThumbprint.OfP256(parameters.Q.X, parameters.Q.Y);
    }

    /// <summary>The thumbprint of the key (RFC 7638), 43 characters.</summary>
    public string KeyId { get; }

    /// <summary>
    /// Reads a key: a JWK (RFC 7517), a JWK Set such as <c>/api/v1/identity</c> answers with, or a public key in PEM (RFC 7468, 13). Of a set the
    /// first key on P-256 is taken.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key.</param>
    /// <returns>False for anything else, for a point that is not on the curve, for a <c>kid</c> that is not the thumbprint, and for a private key.</returns>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ReceiptPublicKey? key)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = text.AsSpan().TrimStart().StartsWith('{') ? FromJson(text) : FromPem(text);
        return key is not null;
    }

    /// <summary>Checks a signature: r and s, 32 bytes each (RFC 7518, 3.4).</summary>
    internal bool IsSignature(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> signed)
    {
        using var algorithm = ECDsa.Create(_parameters);
        return signature.Length == 2 * CoordinateBytes
            && algorithm.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ReceiptPublicKey? FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            return !root.TryGetProperty("keys", out var keys) ? FromJwk(root)
                : keys.ValueKind == JsonValueKind.Array ? keys.EnumerateArray().Select(FromJwk).FirstOrDefault(key => key is not null)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // no JSON, or a string with half of a surrogate pair
        }
    }

    private static ReceiptPublicKey? FromJwk(JsonElement jwk)
    {
        if (
            jwk.ValueKind != JsonValueKind.Object
            || TextOf(jwk, "kty") != "EC"
            || TextOf(jwk, "crv") != "P-256"
            || jwk.TryGetProperty("d", out _)
            || StrictBase64Url.Decode(TextOf(jwk, "x")) is not { Length: CoordinateBytes } x
            || StrictBase64Url.Decode(TextOf(jwk, "y")) is not { Length: CoordinateBytes } y
        )
        {
            return null;
        }

        var key = FromPoint(x, y);
        return jwk.TryGetProperty("kid", out _) && TextOf(jwk, "kid") != key?.KeyId ? null : key;
    }

    private static ReceiptPublicKey? FromPoint(byte[] x, byte[] y)
    {
        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = x, Y = y },
        };
        try
        {
            using var onCurve = ECDsa.Create(parameters);
            return new ReceiptPublicKey(parameters);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ReceiptPublicKey? FromPem(string text)
    {
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] != "PUBLIC KEY")
            return null;
        var der = new byte[fields.DecodedDataLength];
        if (!Convert.TryFromBase64Chars(text.AsSpan()[fields.Base64Data], der, out _))
            return null;
        try
        {
            using var algorithm = ECDsa.Create();
            algorithm.ImportSubjectPublicKeyInfo(der, out _);
            var parameters = algorithm.ExportParameters(includePrivateParameters: false);
            return parameters.Curve.Oid.Value == P256 ? new ReceiptPublicKey(parameters) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            return null; // no key, or one on a curve that is not known here
        }
    }

    private static string? TextOf(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
