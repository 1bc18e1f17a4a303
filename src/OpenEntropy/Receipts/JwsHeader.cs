using System.Text.Json;

namespace OpenEntropy.Receipts;

/// <summary>The protected header of a receipt.</summary>
/// <param name="KeyId">The member <c>kid</c>.</param>
internal sealed record JwsHeader(string KeyId)
{
    /// <summary>The one algorithm there is: ECDSA with P-256 and SHA-256 (RFC 7518, 3.4).</summary>
    public const string Algorithm = "ES256";

    /// <summary>The type, so that nothing else that a key may sign is taken for a receipt (RFC 8725, 3.11).</summary>
    public const string Type = "openentropy-receipt";

    /// <summary>Reads a header.</summary>
    /// <param name="encoded">base64url.</param>
    /// <returns>Null where it is not that of a receipt, or asks for extensions (<c>crit</c>), of which none is known.</returns>
    public static JwsHeader? Parse(string encoded)
    {
        if (StrictBase64Url.Decode(encoded) is not { } bytes)
            return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var header = document.RootElement;
            return
                header.ValueKind == JsonValueKind.Object
                && Is(header, "alg", Algorithm)
                && Is(header, "typ", Type)
                && !header.TryGetProperty("crit", out _)
                && header.TryGetProperty("kid", out var kid)
                && kid.ValueKind == JsonValueKind.String
                ? new JwsHeader(kid.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Is(JsonElement header, string name, string expected) =>
        header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(expected);
}
