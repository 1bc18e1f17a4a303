using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace OpenEntropy.Server.Limits;

/// <summary>What answers tell of a limit: <c>RateLimit-Limit</c>, <c>-Remaining</c> and <c>-Reset</c> (draft-ietf-httpapi-ratelimit-headers-07, 3).</summary>
internal static class LimitHeaders
{
    /// <summary>The most there is.</summary>
    public const string Limit = "RateLimit-Limit";

    /// <summary>What is left of it.</summary>
    public const string Remaining = "RateLimit-Remaining";

    /// <summary>Whole seconds until all of it is there again.</summary>
    public const string Reset = "RateLimit-Reset";

    // Most callers use little of what they may.
    private static readonly StringValues[] s_seconds =
    [
        .. Enumerable.Range(0, 61).Select(second => new StringValues(second.ToString(CultureInfo.InvariantCulture))),
    ];

    /// <summary>Sets them.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="limit">The most there is.</param>
    /// <param name="level">What is left.</param>
    public static void Set(HttpResponse response, StringValues limit, BucketLevel level)
    {
        var headers = response.Headers;
        headers[Limit] = limit;
        headers[Remaining] = level.Left.ToString(CultureInfo.InvariantCulture);
        headers[Reset] =
            level.SecondsToFull < s_seconds.Length
                ? s_seconds[level.SecondsToFull]
                : level.SecondsToFull.ToString(CultureInfo.InvariantCulture);
    }
}
