using System.Text.Json;
using OpenEntropy.Pqc;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>The keys of bundles on disk, the private halves encrypted.</summary>
internal static class BundleIdentityFile
{
    /// <summary>The file.</summary>
    public const string Name = "bundles.json";

    private const int Longest = 65_536;

    /// <summary>Reads the keys.</summary>
    /// <param name="files">Where they are stored.</param>
    /// <param name="options">Hold the passphrase.</param>
    /// <param name="created">When they were made.</param>
    /// <returns>The keys, the caller's to dispose of; null where there is no file.</returns>
    /// <exception cref="IdentityException">The file is damaged, or what opens it is not at hand.</exception>
    public static BundleIdentity? Read(IdentityFiles files, BundleOptions options, out DateTimeOffset created)
    {
        created = default;
        if (files.Read(Name, Longest) is not { } stored)
        {
            return null;
        }

        using var phrase = BundleKeyFile.Find(options, files);
        try
        {
            created = CreatedOf(stored);
            return BundleIdentity.Read(stored, phrase.Characters);
        }
        catch (Exception exception) when (exception is KeyFormatException or ArgumentException)
        {
            throw new IdentityException(
                $"identity/{Name} cannot be opened ({exception.Message.TrimEnd('.')}): restore it or its passphrase, or replace the identity as docs/pqc.md says"
            );
        }
    }

    /// <summary>Writes the keys.</summary>
    /// <param name="files">Where to.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="created">When they were made.</param>
    /// <param name="phrase">What is to open them.</param>
    /// <param name="random">Gives 64 bytes.</param>
    /// <param name="iterations">Rounds of PBKDF2.</param>
    public static void Write(
        IdentityFiles files,
        BundleIdentity keys,
        DateTimeOffset created,
        BundleKeyFile phrase,
        RandomBytes random,
        int iterations
    )
    {
        using var text = new SecretBuffer(Longest);
        using (var writer = new Utf8JsonWriter(text, BundleText.Relaxed))
        {
            keys.Write(writer, created, phrase.Characters, random, iterations);
        }

        files.Write(Name, text.Written.Span);
    }

    private static DateTimeOffset CreatedOf(ReadOnlyMemory<byte> stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored);
            if (
                document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("created", out var created)
                && created.ValueKind == JsonValueKind.String
                && created.TryGetDateTimeOffset(out var time)
            )
            {
                return time;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new KeyFormatException("The file is not JSON.", exception); // or a text in it has half of a surrogate pair
        }

        throw new KeyFormatException("The file does not say when its keys were made.");
    }
}
