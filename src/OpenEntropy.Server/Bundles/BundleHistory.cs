using System.Buffers;
using System.Text.Json;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>The public halves of all keys that there were, on disk.</summary>
internal static class BundleHistory
{
    /// <summary>The file, the identity in use first.</summary>
    public const string Name = "bundles-history.json";

    private const int Longest = 16 << 20;

    /// <summary>Reads it.</summary>
    /// <param name="files">Where it is stored.</param>
    /// <returns>The identity in use first; empty where none was known when the first keys were about to be made; null where there is no file.</returns>
    /// <exception cref="IdentityException">It is damaged.</exception>
    public static IReadOnlyList<KnownIdentity>? Read(IdentityFiles files) => files.Read(Name, Longest) is { } stored ? Parse(stored) : null;

    /// <summary>What is known once keys are in use: they come first, and those that were before end now, when they were found.</summary>
    /// <param name="known">What was known.</param>
    /// <param name="keys">The keys in use.</param>
    /// <param name="created">When they were made.</param>
    /// <param name="now">When they were found in use.</param>
    /// <returns>The same list where nothing is new.</returns>
    public static IReadOnlyList<KnownIdentity> With(
        IReadOnlyList<KnownIdentity> known,
        PublicIdentity keys,
        DateTimeOffset created,
        DateTimeOffset now
    )
    {
        if (known is [{ Replaced: null } first, ..] && first.Keys.IsSame(keys))
        {
            return known;
        }

        // Keys that come back, from a backup, stand once.
        var current = known.FirstOrDefault(each => each.Keys.IsSame(keys)) ?? new KnownIdentity(keys, created, Replaced: null);
        return
        [
            current with
            {
                Replaced = null,
            },
            .. known.Where(each => !each.Keys.IsSame(keys)).Select(each => each with { Replaced = each.Replaced ?? now }),
        ];
    }

    /// <summary>Writes it.</summary>
    /// <param name="files">Where it is stored.</param>
    /// <param name="known">The identity in use first.</param>
    public static void Write(IdentityFiles files, IReadOnlyList<KnownIdentity> known)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, BundleText.Relaxed))
        {
            writer.WriteStartArray();
            foreach (var identity in known)
            {
                writer.WriteStartObject();
                writer.WriteString("created"u8, identity.Created);
                WriteTime(writer, "replaced", identity.Replaced);
                WriteTime(writer, "history_lost", identity.HistoryLost);
                writer.WritePropertyName("keys"u8);
                identity.Keys.WriteKeys(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        files.Write(Name, text.WrittenSpan);
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.WriteString(name, known);
        }
    }

    private static List<KnownIdentity> Parse(ReadOnlyMemory<byte> stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored);
            return document.RootElement.EnumerateArray().Select(ParseOne).ToList();
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new IdentityException($"identity/{Name} is damaged: restore it, or move it away to begin it anew");
        }
    }

    private static KnownIdentity ParseOne(JsonElement element) =>
        new(
            PublicIdentity.Read(element.GetProperty("keys")) ?? throw new FormatException("no keys"),
            element.GetProperty("created").GetDateTimeOffset(),
            ParseTime(element, "replaced")
        )
        {
            HistoryLost = ParseTime(element, "history_lost"),
        };

    private static DateTimeOffset? ParseTime(JsonElement element, string name) =>
        element.TryGetProperty(name, out var time) ? time.GetDateTimeOffset() : null;
}
