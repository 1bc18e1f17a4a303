using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Whether the head of a 200 of <c>/api/v1/stream</c> is what was asked for; of the body the beginning alone is read.</summary>
internal static class StreamAnswer
{
    /// <summary>What is wrong; null: nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">A 200.</param>
    /// <param name="limits">The limits in force.</param>
    public static string? FindFault(FuzzRequest request, RawAnswer answer, Limits limits)
    {
        var given = QueryText.Read(request.Route, request.Query)!;
        var type = answer.Header("Content-Type");
        var isEvents = type == "text/event-stream";
        var format =
            given.GetValueOrDefault("format")
            ?? (
                isEvents ? "base64"
                : type == "application/octet-stream" ? "bytes"
                : "hex"
            );
        var output = given.GetValueOrDefault("raw") == "true" ? "raw" : given.GetValueOrDefault("conditioning", "drbg");
        var readsRaw = output is "raw" or "vonneumann";
        if (
            (isEvents && (format == "bytes" || !request.Accept.Contains("event-stream", StringComparison.OrdinalIgnoreCase)))
            || (given.ContainsKey("source") && !readsRaw)
            || (readsRaw && !limits.AllowRaw)
            || (
                given.TryGetValue("raw", out var raw)
                && raw == "true" != (given.GetValueOrDefault("conditioning", raw == "true" ? "raw" : "drbg") == "raw")
            )
        )
            return "a request that does not stand was answered with 200";
        if (!isEvents && type != (format == "bytes" ? "application/octet-stream" : "text/plain; charset=utf-8"))
            return $"the type is wrong: {type}";
        if (answer.Header("Accept-Ranges") != "none")
            return "Accept-Ranges is not none";
        var length = isEvents || !given.TryGetValue("length", out var text) ? null : LengthOf(format, ulong.Parse(text)).ToString();
        return answer.Header("Content-Length") == length ? null : $"the length is wrong: {answer.Header("Content-Length")}, not {length}";
    }

    private static ulong LengthOf(string format, ulong bytes) =>
        format switch
        {
            "bytes" => bytes,
            "hex" => 2 * bytes,
            _ => (bytes + 2) / 3 * 4,
        };
}
