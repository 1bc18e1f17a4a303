using System.Buffers;
using System.Text.Json;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>The keys of bundles on disk, and the public halves of all that there ever were.</summary>
internal static class BundleIdentityFile
{
    /// <summary>The keys, the private halves encrypted.</summary>
    public const string KeysName = "bundles.json";

    /// <summary>The public halves, the latest first.</summary>
    public const string HistoryName = "bundles-history.json";

    private const int LongestHistory = 16 << 20;

    /// <summary>When keys were made.</summary>
    /// <param name="stored">The file of the keys, already read.</param>
    public static DateTimeOffset CreatedOf(ReadOnlyMemory<byte> stored)
    {
        using var document = JsonDocument.Parse(stored);
        return document.RootElement.TryGetProperty("created", out var created) && created.TryGetDateTimeOffset(out var time)
            ? time
            : throw new IdentityException($"identity/{KeysName} does not say when its keys were made: restore it");
    }

    /// <summary>Reads the history and puts the keys in use first, where they are not yet.</summary>
    /// <param name="files">Where it is stored.</param>
    /// <param name="keys">The keys in use.</param>
    /// <param name="created">When they were made.</param>
    /// <exception cref="IdentityException">The history is damaged.</exception>
    public static IReadOnlyList<KnownIdentity> Remember(IdentityFiles files, PublicIdentity keys, DateTimeOffset created)
    {
        var known = files.Read(HistoryName, LongestHistory) is { } stored ? Read(stored) : [];
        if (known.Count > 0 && known[0].Keys.IsSame(keys))
        {
            return known;
        }

        known =
        [
            .. known
                .Select(each => each with { Replaced = each.Replaced ?? created })
                .Prepend(new KnownIdentity(keys, created, Replaced: null)),
        ];
        files.Write(HistoryName, Write(known));
        return known;
    }

    private static ReadOnlySpan<byte> Write(IReadOnlyList<KnownIdentity> known)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, BundleText.Relaxed))
        {
            writer.WriteStartArray();
            foreach (var identity in known)
            {
                writer.WriteStartObject();
                writer.WriteString("created"u8, identity.Created);
                if (identity.Replaced is { } replaced)
                {
                    writer.WriteString("replaced"u8, replaced);
                }

                writer.WritePropertyName("keys"u8);
                identity.Keys.WriteKeys(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return text.WrittenSpan;
    }

    private static List<KnownIdentity> Read(ReadOnlyMemory<byte> stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored);
            return document.RootElement.EnumerateArray().Select(ReadOne).ToList();
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new IdentityException($"identity/{HistoryName} is damaged: restore it, or move it away to begin it anew");
        }
    }

    private static KnownIdentity ReadOne(JsonElement element) =>
        new(
            PublicIdentity.Read(element.GetProperty("keys")) ?? throw new FormatException("no keys"),
            element.GetProperty("created").GetDateTimeOffset(),
            element.TryGetProperty("replaced", out var replaced) ? replaced.GetDateTimeOffset() : null
        );
}
