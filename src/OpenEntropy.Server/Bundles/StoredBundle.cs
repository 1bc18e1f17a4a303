using System.Buffers;
using System.Text.Json;
using OpenEntropy.Pqc.Bundles;

namespace OpenEntropy.Server.Bundles;

/// <summary>Files of the ledger, which may hold encrypted secret keys that go nowhere.</summary>
internal static class StoredBundle
{
    /// <summary>The document as it is given out: without its secret keys, and otherwise byte for byte.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="BundleFormatException">It is no bundle.</exception>
    public static byte[] WithoutSecrets(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            var text = new ArrayBufferWriter<byte>(file.Length);
            using (var writer = new Utf8JsonWriter(text, BundleText.Relaxed))
            {
                writer.WriteStartObject();
                foreach (var member in document.RootElement.EnumerateObject().Where(member => member.Name != "secret_keys"))
                {
                    writer.WritePropertyName(member.Name);
                    writer.WriteRawValue(member.Value.GetRawText());
                }

                writer.WriteEndObject();
            }

            return text.WrittenSpan.ToArray();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new BundleFormatException("the file is not JSON", exception);
        }
    }

    /// <summary>What a file says, for a list.</summary>
    /// <param name="sequence">Its line in the index.</param>
    /// <param name="id">The bundle.</param>
    /// <param name="sha256">The hash in the index.</param>
    /// <param name="file">The file; null where it is gone or altered.</param>
    public static BundleSummary Summarize(long sequence, string id, string sha256, byte[]? file)
    {
        var summary = new BundleSummary
        {
            Sequence = sequence,
            Id = id,
            Sha256 = sha256,
            Intact = file is not null,
        };
        if (file is null)
        {
            return summary;
        }

        using var document = JsonDocument.Parse(file);
        var bundle = document.RootElement.GetProperty("bundle");
        return summary with
        {
            Created = bundle.GetProperty("created").GetDateTimeOffset(),
            Requester = bundle.GetProperty("requester").GetString(),
            Purpose = bundle.GetProperty("purpose").GetString(),
            Algorithms = [.. bundle.GetProperty("request").GetProperty("algorithms").EnumerateArray().Select(each => each.GetString()!)],
            Stored = bundle.GetProperty("request").GetProperty("stored").GetBoolean(),
        };
    }

    /// <summary>Whether a bundle that is there was asked for by the same request.</summary>
    /// <param name="file">The file.</param>
    /// <param name="request">The request; its passphrase is not compared.</param>
    public static bool IsOf(ReadOnlyMemory<byte> file, BundleRequest request)
    {
        using var document = JsonDocument.Parse(file);
        var bundle = document.RootElement.GetProperty("bundle");
        var asked = bundle.GetProperty("request");
        return bundle.GetProperty("requester").GetString() == request.Requester
            && bundle.GetProperty("purpose").GetString() == request.Purpose
            && Texts("algorithms").SequenceEqual(request.Algorithms.Select(each => each.Name), StringComparer.Ordinal)
            && Texts("encodings").SequenceEqual(BundleText.Names(request.Encodings), StringComparer.Ordinal)
            && asked.GetProperty("secret_keys").GetString() == BundleText.Name(request.Secrets)
            && asked.GetProperty("stored").GetBoolean() == request.Store;

        IEnumerable<string> Texts(string name) => asked.GetProperty(name).EnumerateArray().Select(each => each.GetString()!);
    }
}
