using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;

namespace OpenEntropy.Fuzz.Checks;

/// <summary>Whether a 200 of <c>/api/v1/random</c> is what was asked for.</summary>
internal static class RandomAnswer
{
    /// <summary>What is wrong; null: nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">A 200.</param>
    /// <param name="limits">The limits in force.</param>
    public static string? FindFault(FuzzRequest request, RawAnswer answer, Limits limits)
    {
        var accepted = answer.Header("Content-Type") switch
        {
            "application/json" => "json",
            "application/jose+json" => "jose",
            "application/octet-stream" => "bytes",
            _ => "hex",
        };
        if (Asked.Read(request.Route, request.Query, accepted, limits, out _) is not { } asked)
            return "a request that does not stand was answered with 200";
        var type = asked.Format switch
        {
            "json" => "application/json",
            "jose" => "application/jose+json",
            "bytes" => "application/octet-stream",
            _ => "text/plain; charset=utf-8",
        };
        if (answer.Header("Content-Type") != type)
            return $"the type is wrong: {answer.Header("Content-Type")}, not {type}";
        if (answer.Header("Accept-Ranges") != "none")
            return "Accept-Ranges is not none";
        if (LengthOf(asked) is { } length && answer.Header("Content-Length") is { } told && told != $"{length}")
            return $"the length is wrong: {told}, not {length}";
        return request.IsHead || request.IsEndless ? null : FindBodyFault(asked, answer.Body);
    }

    private static string? FindBodyFault(Asked asked, byte[] body) =>
        asked.Format switch
        {
            "json" => ElementsAnswer.FindJsonFault(asked, body),
            "jose" => FindSignedFault(asked, body),
            "lines" => ElementsAnswer.FindLinesFault(asked, Encoding.Latin1.GetString(body)),
            "hex" => body.All(c => c is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f'))
                ? null
                : "hex has other characters than its digits",
            "base64" => IsBase64Of(asked.Length, Encoding.Latin1.GetString(body)) ? null : "base64 does not decode to what was asked for",
            _ => null, // any bytes are right, and their number was checked
        };

    private static string? FindSignedFault(Asked asked, byte[] body)
    {
        using var signed = JsonDocument.Parse(body);
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(signed.RootElement.GetProperty("payload").GetString()));
        return ElementsAnswer.FindDataFault(asked, payload.RootElement.GetProperty("data"));
    }

    // Where it does not depend on the values; JSON is judged element by element.
    private static long? LengthOf(Asked asked) =>
        (asked.Format, asked.Type) switch
        {
            ("bytes", _) => asked.Length,
            ("hex", _) => 2 * asked.Length,
            ("base64", _) => (asked.Length + 2) / 3 * 4,
            ("lines", "hex8" or "hex16") => asked.Length * ((2 * asked.ElementBytes) + 1),
            _ => null,
        };

    private static bool IsBase64Of(long length, string text)
    {
        var bytes = new byte[length];
        return !text.Any(char.IsWhiteSpace) && Convert.TryFromBase64String(text, bytes, out var written) && written == length;
    }
}
