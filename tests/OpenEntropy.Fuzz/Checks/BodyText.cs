using System.Text;
using System.Text.Json;
using OpenEntropy.Fuzz.Grammar;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Bodies of requests, read a second time.</summary>
internal static class BodyText
{
    /// <summary>The items of a request: those of its body, or of its parameter; null where there are none that stand.</summary>
    /// <param name="request">The request.</param>
    /// <param name="given">Its parameters.</param>
    public static IReadOnlyList<string>? Items(FuzzRequest request, IReadOnlyDictionary<string, string> given) =>
        request.Body is null ? given.GetValueOrDefault("items")?.Split(',') : ItemsOf(request.Body);

    /// <summary>The bytes of a body.</summary>
    /// <param name="body">The body.</param>
    public static byte[] Bytes(FuzzBody body) => Encoding.Latin1.GetBytes(body.Content);

    private static List<string>? ItemsOf(FuzzBody body)
    {
        if (!body.IsJson)
            return null;
        try
        {
            // A byte order mark may be passed over (RFC 8259, 8.1), and is.
            var bytes = Bytes(body).AsMemory();
            using var json = JsonDocument.Parse(
                bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes
            );
            var items = json.RootElement.EnumerateArray().Select(item => item.GetString()).ToList();
            return items.Count is >= 1 and <= 10_000 && items.All(item => item is { Length: >= 1 and <= 256 })
                ? items.ConvertAll(item => item!)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // no JSON, no array, or no strings in it
        }
    }
}
