using System.Text;
using System.Text.Json;

namespace OpenEntropy.Receipts;

/// <summary>
/// A JWS (RFC 7515) as it was received: compact (7.1), or JSON with one signature (7.2.2) or several (7.2.1); or an answer of
/// <c>/api/v1/random</c> that holds a compact one as <c>receipt</c>.
/// </summary>
internal sealed record JwsDocument
{
    private const int CompactParts = 3;

    /// <summary>The protected header, base64url as received.</summary>
    public required string Protected { get; init; }

    /// <summary>The payload, base64url as received.</summary>
    public required string Payload { get; init; }

    /// <summary>The signature, base64url as received.</summary>
    public required string Signature { get; init; }

    /// <summary>The answer it came with; null where it came alone.</summary>
    public JsonElement? Answer { get; init; }

    /// <summary>What is signed: RFC 7515, 5.1, step 8.</summary>
    public byte[] SigningInput => Encoding.ASCII.GetBytes($"{Protected}.{Payload}");

    /// <summary>Reads a JWS. Of several signatures the one whose protected header names the key is taken, else the first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keyId">The key to look for.</param>
    /// <returns>Null where it is none.</returns>
    /// <exception cref="InvalidOperationException">A string in it holds half of a surrogate pair.</exception>
    public static JwsDocument? Parse(string text, string keyId)
    {
        if (!text.AsSpan().TrimStart().StartsWith('{'))
            return FromCompact(text);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            return root.TryGetProperty("payload", out _) ? FromJson(root, keyId)
                : TextOf(root, "receipt") is { } receipt && FromCompact(receipt) is { } compact ? compact with { Answer = root.Clone() }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JwsDocument? FromCompact(string text)
    {
        var parts = text.Split('.', CompactParts + 1);
        return parts.Length == CompactParts
            ? new JwsDocument
            {
                Protected = parts[0],
                Payload = parts[1],
                Signature = parts[2],
            }
            : null;
    }

    private static JwsDocument? FromJson(JsonElement root, string keyId)
    {
        if (TextOf(root, "payload") is not { } payload)
            return null;
        if (!root.TryGetProperty("signatures", out var signatures))
            return FromSignature(payload, root);
        if (signatures.ValueKind != JsonValueKind.Array)
            return null;
        var all = signatures.EnumerateArray().Select(signature => FromSignature(payload, signature)).ToList();
        return all.Find(each => each is not null && JwsHeader.Parse(each.Protected)?.KeyId == keyId) ?? all.FirstOrDefault();
    }

    private static JwsDocument? FromSignature(string payload, JsonElement signature) =>
        signature.ValueKind == JsonValueKind.Object
        && TextOf(signature, "protected") is { } header
        && TextOf(signature, "signature") is { } value
            ? new JwsDocument
            {
                Protected = header,
                Payload = payload,
                Signature = value,
            }
            : null;

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
