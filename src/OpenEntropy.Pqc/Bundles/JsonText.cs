using System.Text.Json;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>Members of JSON that came from anywhere.</summary>
internal static class JsonText
{
    /// <summary>How JSON from anywhere is read: no name twice, no comments.</summary>
    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>A member that is a text; null where there is none, or the text has half a surrogate pair.</summary>
    /// <param name="element">What may be an object.</param>
    /// <param name="name">The member.</param>
    public static string? Find(JsonElement element, string name)
    {
        try
        {
            return
                element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty(name, out var member)
                && member.ValueKind == JsonValueKind.String
                ? member.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The bytes of base64 (RFC 4648, 4) in its one canonical form; null for anything else.</summary>
    /// <param name="text">The text.</param>
    public static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : null;
    }
}
