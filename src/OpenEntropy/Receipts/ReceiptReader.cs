using System.Globalization;
using System.Text.Json;

namespace OpenEntropy.Receipts;

/// <summary>The payload of a receipt. Members that a later version adds are passed over; those of this version must all be there.</summary>
internal static class ReceiptReader
{
    /// <summary>The version of the payload.</summary>
    public const int Version = 1;

    /// <summary>RFC 3339 in UTC, to the millisecond.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private const int MaximumSize = 1024;
    private const int HashDigits = 64;

    private static readonly string[] s_types = ["uint8", "uint16", "hex8", "hex16"];
    private static readonly string[] s_qualities = ["drbg", "limited", "raw"];
    private static readonly string[] s_conditionings = ["drbg", "limited", "raw", "vonneumann"];

    /// <summary>Reads a payload.</summary>
    /// <param name="payload">UTF-8.</param>
    /// <param name="keyId">From the header.</param>
    /// <param name="data">The member <c>data</c>, where the payload has one.</param>
    /// <returns>Null where it is no receipt of this version.</returns>
    public static Receipt? Read(byte[] payload, string keyId, out JsonElement? data)
    {
        data = null;
        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
                return null;
            var receipt = Read(root, keyId);
            data = root.TryGetProperty("data", out var elements) ? elements.Clone() : null;
            return IsPlausible(receipt) ? receipt : null;
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null; // no JSON, or a member is missing or of another kind
        }
    }

    private static Receipt Read(JsonElement root, string keyId) =>
        new()
        {
            KeyId = keyId,
            Sequence = root.GetProperty("sequence").GetInt64(),
            Time = DateTimeOffset.ParseExact(
                Text(root, "time"),
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            ),
            ServiceVersion = Text(root, "service_version"),
            Quality = Text(root, "quality"),
            Conditioning = Text(root, "conditioning"),
            Fresh = root.GetProperty("fresh").GetBoolean(),
            Type = Text(root, "type"),
            Length = root.GetProperty("length").GetInt64(),
            Size = root.GetProperty("size").GetInt32(),
            Bytes = root.GetProperty("bytes").GetInt64(),
            Sha256 = Text(root, "sha256"),
            SeedBlocks = root.GetProperty("seed_blocks").GetInt64(),
            CreditedBits = root.GetProperty("credited_bits").GetInt64(),
            LeaveOut = root.GetProperty("leave_out").GetInt32(),
            Sources = [.. root.GetProperty("sources").EnumerateArray().Select(ReadSource)],
        };

    private static ReceiptSource ReadSource(JsonElement source) =>
        new(
            Text(source, "name"),
            source.TryGetProperty("credited_bits_since_start", out var bits) ? bits.GetDouble() : null,
            source.TryGetProperty("state", out _) ? Text(source, "state") : null
        );

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException();

    private static bool IsPlausible(Receipt receipt) =>
        receipt is { Sequence: > 0, Length: > 0 and <= int.MaxValue, Size: >= 1 and <= MaximumSize }
        && receipt is { SeedBlocks: >= 0, CreditedBits: >= 0, LeaveOut: >= 0 }
        && s_types.Contains(receipt.Type, StringComparer.Ordinal)
        && s_qualities.Contains(receipt.Quality, StringComparer.Ordinal)
        && s_conditionings.Contains(receipt.Conditioning, StringComparer.Ordinal)
        && receipt.Bytes == receipt.Length * ReceiptData.ElementBytes(receipt.Type, receipt.Size)
        && receipt.Sha256.Length == HashDigits
        && receipt.Sha256.All(char.IsAsciiHexDigitLower);
}
