using System.Text.Json;

namespace OpenEntropy.Http.Bundles;

/// <summary>Looks at a bundle before it is sent anywhere.</summary>
internal static class BundleDocument
{
    /// <summary>Refuses a document with secret keys.</summary>
    /// <param name="utf8">The document.</param>
    /// <exception cref="ArgumentException">It has any, or is no JSON object.</exception>
    public static void RefuseSecrets(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ArgumentException("The document is no JSON object.", nameof(utf8));
            if (document.RootElement.TryGetProperty("secret_keys", out _))
                throw new ArgumentException("The document has secret keys, which go nowhere: send MintedBundle.Document.", nameof(utf8));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An invalid operation is half of a surrogate pair in a name.
            throw new ArgumentException("The document is no JSON.", nameof(utf8), exception);
        }
    }
}
