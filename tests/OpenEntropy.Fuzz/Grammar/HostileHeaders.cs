namespace OpenEntropy.Fuzz.Grammar;

/// <summary>Headers that programs have stumbled over.</summary>
internal static class HostileHeaders
{
    /// <summary>Values of <c>Accept</c>.</summary>
    public static readonly IReadOnlyList<string> Accepts =
    [
        "*/*",
        "application/json",
        "application/octet-stream",
        "text/plain",
        "text/*",
        "application/problem+json",
        "application/json, application/problem+json",
        "application/json;q=0, */*",
        "application/jose+json",
        "application/jose+json, application/json;q=0.5",
        "text/event-stream",
        "text/event-stream, */*;q=0.1",
        "text/plain, application/json, */*",
        "application/octet-stream;q=0.5, text/plain;q=0.9",
        "nonsense",
        ";;,,",
        "*/*;q=2",
        "text/plain;q=",
        "*",
        "*/json",
        "application/",
        "a/b/c",
        "application/json;q=0.0000001",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "\"",
        "=?;q",
    ];

    /// <summary>Other headers that must change nothing.</summary>
    public static readonly IReadOnlyList<string> Others =
    [
        "Accept-Encoding: gzip, deflate, br, zstd",
        "Range: bytes=0-9",
        "Range: bytes=5-",
        "Range: bytes=-1",
        "If-Range: \"x\"",
        "If-None-Match: *",
        "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
        "TE: trailers",
        "X-Api-Key: none",
        "Origin: https://elsewhere.example",
        "Content-Length: 0",
    ];

    /// <summary>The same of requests that have a body, whose length is told once.</summary>
    public static readonly IReadOnlyList<string> OthersOfPost =
    [
        .. Others.Where(header => !header.StartsWith("Content-Length", StringComparison.Ordinal)),
        "Expect: nothing",
        "Content-Encoding: gzip",
        "Content-Language: x",
        "Sec-Fetch-Site: cross-site",
        "Idempotency-Key: of-the-fuzz-program",
        "Idempotency-Key: ",
        "Idempotency-Key: with a space",
    ];
}
