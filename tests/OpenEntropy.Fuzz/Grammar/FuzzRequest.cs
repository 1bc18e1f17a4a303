using System.Text;
using OpenEntropy.Fuzz.Checks;

namespace OpenEntropy.Fuzz.Grammar;

/// <summary>A request, in the pieces it can be made smaller by.</summary>
/// <param name="Route">Whom it is meant for.</param>
/// <param name="Method">GET, HEAD or POST.</param>
/// <param name="Path">The path, encoded.</param>
/// <param name="Parts">What stands between the ampersands of the query string. A character is a byte.</param>
/// <param name="Headers">Header lines beside <c>Host</c>.</param>
internal sealed record FuzzRequest(Route Route, string Method, string Path, IReadOnlyList<string> Parts, IReadOnlyList<string> Headers)
{
    private const string Accepting = "Accept: ";
    private const int LongestTold = 300;

    // The web server's bound on the request line, 8 KiB with its end, less some that is not worth being exact about.
    private const int LongestLine = 8100;

    /// <summary>The query string with its question mark; empty where there is none.</summary>
    public string Query => Parts.Count == 0 ? "" : "?" + string.Join('&', Parts);

    /// <summary>Whether only the beginning of a body is waited for: one without end, or one that takes as long as its rate says.</summary>
    public bool IsEndless => Route.IsEndless || Parts.Any(part => QueryText.Decode(part.Split('=', 2)[0]) == "rate");

    /// <summary>The body; null for none.</summary>
    public FuzzBody? Body { get; init; }

    /// <summary>
    /// Whether 503 may be its answer: a receipt, or seed blocks and raw samples of its own, are asked for. Plain generator output has no reason to lack.
    /// </summary>
    public bool MayLackEntropy =>
        Route.MayLackEntropy
        || (
            Route.IsStrict
            && (
                Accept.Contains("jose", StringComparison.OrdinalIgnoreCase)
                || Parts.Any(part => QueryText.Decode(part, Route.LongestEscaped) is { } text && IsScarce(text))
            )
        );

    /// <summary>
    /// Whether the connection may end before the answer was read, or after it without a word: a body that is longer than the service reads is not
    /// waited for, also where the request was refused for something else.
    /// </summary>
    public bool MayBeCutOff => Body is { Content.Length: > FuzzBody.Long };

    /// <summary>Whether it is a HEAD request.</summary>
    public bool IsHead => Method == "HEAD";

    /// <summary>The <c>Accept</c> header; empty where there is none.</summary>
    public string Accept => Headers.FirstOrDefault(each => each.StartsWith(Accepting, StringComparison.Ordinal))?[Accepting.Length..] ?? "";

    /// <summary>Whether it says that a page of another site sends it: what takes much or tells much is refused to those.</summary>
    public bool NamesItsPage =>
        Headers.Any(each =>
            each.StartsWith("Origin: ", StringComparison.Ordinal) || each.StartsWith("Sec-Fetch-Site: ", StringComparison.Ordinal)
        );

    /// <summary>Whether the web server may refuse it by itself: a target that HTTP does not allow, or a very long one.</summary>
    public bool IsForTheWebServer =>
        Path.Length + Query.Length > LongestLine
        || (Path + Query).Any(c => c is < '!' or > '~')
        || Path.Contains("%00", StringComparison.Ordinal);

    /// <summary>An <c>Accept</c> header.</summary>
    /// <param name="value">Its value.</param>
    public static string Accepts(string value) => Accepting + value;

    /// <summary>The bytes that are sent.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder().Append(Method).Append(' ').Append(Path).Append(Query).Append(" HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var header in Headers)
            text.Append(header).Append("\r\n");
        if (Body is { Type.Length: > 0 })
            text.Append("Content-Type: ").Append(Body.Type).Append("\r\n");
        if (Body is not null)
            text.Append("Content-Length: ").Append(Body.Content.Length).Append("\r\n");
        return Encoding.Latin1.GetBytes(text.Append("\r\n").Append(Body?.Content).ToString());
    }

    /// <summary>The request line and the headers in one printable line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Printable($"{Method} {Path}{Query}"));
        foreach (var header in Headers)
            text.Append(" | ").Append(header);
        if (Body is not null)
        {
            text.Append($" | {Body.Type} | {Printable(Body.Content[..Math.Min(LongestTold, Body.Content.Length)])}");
            text.Append(Body.Content.Length > LongestTold ? $"… {Body.Content.Length} bytes" : "");
        }

        return text.ToString();
    }

    private static bool IsScarce(string part) =>
        part is "conditioning=limited" or "conditioning=raw" or "conditioning=vonneumann" or "raw=true" or "fresh=true" or "receipt=true";

    private static string Printable(string text) =>
        string.Concat(text.Select(c => c is >= '!' and <= '~' or ' ' ? c.ToString() : $"\\x{(int)c:X2}"));
}
