using System.Text.Json;
using OpenEntropy.Pqc.Containers;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>A document from anywhere that has the members of a bundle; whether they hold anything right is <see cref="BundleVerifier"/>'s to say.</summary>
/// <param name="Copy">The bundle to read.</param>
/// <param name="Payload">What is signed.</param>
/// <param name="Signatures">The signatures: base64url of the protected header, and the signature.</param>
internal sealed record BundleDocument(JsonElement Copy, byte[] Payload, IReadOnlyList<BundleSignature> Signatures) : IDisposable
{
    private static readonly string[] s_members = ["bundle", "payload", "signatures"];
    private static readonly string[] s_signatureMembers = ["protected", "signature"];

    private JsonDocument? _document;

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="BundleFormatException">Anything else.</exception>
    public static BundleDocument Read(ReadOnlyMemory<byte> json)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, JsonText.Strict);
            var read = Read(document.RootElement);
            read._document = document;
            return read;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            document?.Dispose();
            throw new BundleFormatException("the document is not JSON, or an object in it has a name twice", exception);
        }
        catch (BundleFormatException)
        {
            document?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _document?.Dispose();

    private static BundleDocument Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new BundleFormatException("the document is not an object");
        if (root.TryGetProperty("secret_keys", out _))
            throw new BundleFormatException("secret_keys are no part of what is verified: take them out before the bundle goes anywhere");
        RequireMembers(root, "the document", s_members);
        var copy = root.GetProperty("bundle");
        var payload =
            CanonicalBase64Url.Decode(JsonText.Find(root, "payload") ?? throw new BundleFormatException("payload is not a text"))
            ?? throw new BundleFormatException("payload is not base64url without padding");
        var signatures = root.GetProperty("signatures");
        return copy.ValueKind == JsonValueKind.Object && signatures.ValueKind == JsonValueKind.Array
            ? new BundleDocument(copy, payload, [.. signatures.EnumerateArray().Select(ReadSignature)])
            : throw new BundleFormatException("bundle is not an object, or signatures not an array");
    }

    private static BundleSignature ReadSignature(JsonElement signature)
    {
        if (signature.ValueKind != JsonValueKind.Object)
            throw new BundleFormatException("a signature is not an object");
        RequireMembers(signature, "a signature", s_signatureMembers);
        return
            JsonText.Find(signature, "protected") is { } header
            && JsonText.Find(signature, "signature") is { } text
            && CanonicalBase64Url.Decode(text) is { } bytes
            ? new BundleSignature(header, bytes)
            : throw new BundleFormatException("protected is not a text, or signature not base64url without padding");
    }

    private static void RequireMembers(JsonElement element, string what, string[] names)
    {
        if (
            !element
                .EnumerateObject()
                .Select(member => member.Name)
                .Order(StringComparer.Ordinal)
                .SequenceEqual(names, StringComparer.Ordinal)
        )
            throw new BundleFormatException($"{what} must have the members {string.Join(", ", names)} and no others");
    }
}
