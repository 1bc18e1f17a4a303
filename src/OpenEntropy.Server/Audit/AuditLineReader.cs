using System.Globalization;
using System.Text.Json;

namespace OpenEntropy.Server.Audit;

/// <summary>Reads lines: only what is written exactly as <see cref="AuditLine"/> writes it is one.</summary>
internal static class AuditLineReader
{
    /// <summary>Reads a line.</summary>
    /// <param name="bytes">Its bytes, with the line feed.</param>
    /// <returns>Null for anything else.</returns>
    public static AuditLine? Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > AuditLine.Longest)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            var line = Read(document.RootElement);
            return bytes.Span.SequenceEqual(line.ToBytes()) ? line : null;
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            return null; // no JSON, or members that are missing or of another type
        }
    }

    private static AuditLine Read(JsonElement root)
    {
        var caller = root.GetProperty("caller");
        var entry = new AuditEntry(new AuditParty(Word(caller, "kind"), Word(caller, "id")), Word(root, "act"), Word(root, "outcome"))
        {
            Since = root.GetProperty("since").ValueKind == JsonValueKind.Null ? null : Time(root, "since"),
            Subject = Text(root, "subject"),
            Quality = Text(root, "quality"),
            Count = root.GetProperty("count").GetInt64(),
            Bytes = Number(root, "bytes"),
            Status = (int?)Number(root, "status"),
            Begun = Number(root, "begun"),
        };
        return new AuditLine(
            root.GetProperty("sequence").GetInt64(),
            Time(root, "time"),
            entry,
            Word(root, "previous"),
            root.TryGetProperty("signature", out var signature) ? signature.GetString() : null
        );
    }

    private static string Word(JsonElement element, string name) => Text(element, name) ?? throw new FormatException(name);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static long? Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: not JsonValueKind.Null } number ? number.GetInt64() : null;

    private static DateTimeOffset Time(JsonElement element, string name) =>
        DateTimeOffset.ParseExact(Word(element, name), AuditLine.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
