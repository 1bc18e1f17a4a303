using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>Writes bundles: docs/pqc.md, byte for byte.</summary>
internal static class BundleText
{
    /// <summary>What <c>format</c> says.</summary>
    public const string Format = "openentropy-bundle";

    /// <summary>What <c>version</c> says.</summary>
    public const int Version = 1;

    /// <summary>The member of the ledger's files that is shown nobody, beside the secret keys.</summary>
    public const string RequestHmac = "request_hmac";

    /// <summary>Times: UTC to the millisecond.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Characters of base64 and PEM stay what they are.</summary>
    public static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes what is signed.</summary>
    /// <param name="content">What the bundle says.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="signer">Who signs it.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] WritePayload(BundleContent content, IReadOnlyList<MintedKey> keys, PublicIdentity signer)
    {
        var text = new ArrayBufferWriter<byte>(16_384);
        using (var writer = new Utf8JsonWriter(text, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("format"u8, Format);
            writer.WriteNumber("version"u8, Version);
            writer.WriteString("id"u8, content.Id);
            writer.WriteString("created"u8, content.Created.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            WritePlain(writer, "requester"u8, content.Requester);
            WritePlain(writer, "purpose"u8, content.Purpose);
            WritePlain(writer, "node"u8, content.Node);
            WriteRequest(writer, content, keys);
            writer.WriteStartArray("keys"u8);
            foreach (var key in keys)
                BundleKeyText.WritePublic(writer, key.Algorithm, key.PublicKey, content.Encodings);
            writer.WriteEndArray();
            writer.WritePropertyName("signer"u8);
            signer.WriteKeys(writer);
            writer.WritePropertyName("evidence"u8);
            writer.WriteRawValue(content.Evidence.Span);
            writer.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>Writes the document: the payload to read, the same to verify, and its signatures.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="payload">What is signed.</param>
    /// <param name="signatures">Its signatures.</param>
    /// <param name="secretKeys">The secret keys: a JSON array; empty for none.</param>
    /// <param name="requestHmac">Tells a request that is sent again from another, in the ledger's file alone; null for none.</param>
    public static void WriteDocument(
        IBufferWriter<byte> target,
        ReadOnlySpan<byte> payload,
        IReadOnlyList<BundleSignature> signatures,
        ReadOnlySpan<byte> secretKeys,
        string? requestHmac = null
    )
    {
        using var writer = new Utf8JsonWriter(target, Relaxed);
        writer.WriteStartObject();
        writer.WritePropertyName("bundle"u8);
        writer.WriteRawValue(payload, skipInputValidation: true);
        writer.WriteString("payload"u8, Base64Url.EncodeToString(payload));
        writer.WriteStartArray("signatures"u8);
        foreach (var signature in signatures)
        {
            writer.WriteStartObject();
            writer.WriteString("protected"u8, signature.Protected);
            writer.WriteString("signature"u8, Base64Url.EncodeToString(signature.Bytes.Span));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (!secretKeys.IsEmpty)
        {
            writer.WritePropertyName("secret_keys"u8);
            writer.WriteRawValue(secretKeys, skipInputValidation: true);
        }

        if (requestHmac is not null)
            writer.WriteString(RequestHmac, requestHmac);
        writer.WriteEndObject();
    }

    /// <summary>The names of encodings, base64 the first.</summary>
    /// <param name="encodings">The encodings beside base64.</param>
    public static IEnumerable<string> Names(KeyEncodings encodings) =>
        Enum.GetValues<KeyEncodings>()
            .Where(each => each != KeyEncodings.None && encodings.HasFlag(each))
            .Select(each => JsonNamingPolicy.SnakeCaseLower.ConvertName(each.ToString()))
            .Prepend("base64");

    // No letters in escapes, which could be of either case: of control characters, which would need them, texts have none.
    private static void WritePlain(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        writer.WritePropertyName(name);
        if (text is null)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(
                $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            );
    }

    /// <summary>What became of the secret keys, as <c>request</c> says it.</summary>
    /// <param name="form">What became of them.</param>
    public static string Name(SecretForm form) =>
        form switch
        {
            SecretForm.Clear => "clear",
            SecretForm.Encrypted => "encrypted",
            _ => "withheld",
        };

    private static void WriteRequest(Utf8JsonWriter writer, BundleContent content, IReadOnlyList<MintedKey> keys)
    {
        writer.WriteStartObject("request"u8);
        writer.WriteStartArray("algorithms"u8);
        foreach (var key in keys)
            writer.WriteStringValue(key.Algorithm.Name);
        writer.WriteEndArray();
        writer.WriteStartArray("encodings"u8);
        foreach (var name in Names(content.Encodings))
            writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteString("secret_keys"u8, Name(content.Secrets));
        writer.WriteBoolean("stored"u8, content.IsStored);
        writer.WriteEndObject();
    }
}
