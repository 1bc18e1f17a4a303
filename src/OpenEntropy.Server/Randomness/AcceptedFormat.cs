using System.Runtime.InteropServices;
using Microsoft.Net.Http.Headers;

namespace OpenEntropy.Server.Randomness;

/// <summary>Proactive negotiation (RFC 9110, 12.5.1) among the bodies that have a media type of their own.</summary>
internal static class AcceptedFormat
{
    private static readonly (string Type, string SubType, BodyFormat Format)[] s_offers =
    [
        ("application", "json", BodyFormat.Json),
        ("application", "octet-stream", BodyFormat.Bytes),
        ("text", "plain", BodyFormat.Hex),
        ("application", "jose+json", BodyFormat.Jose),
    ];

    /// <summary>
    /// The body for an <c>Accept</c> header: the highest quality wins, then the range that names it more closely, then the one named first.
    /// JSON where the header is absent, malformed, or accepts none of them: browsers and old clients get an answer they can read, not 406.
    /// </summary>
    /// <param name="accept">The header's text.</param>
    /// <param name="ofElements">
    /// Whether the request describes elements, with <c>type</c> or <c>size</c>: JSON alone holds them, plain or signed, so bytes and text are
    /// not taken wherever plain JSON is accepted at all. HTTP libraries name text first without meaning it.
    /// </param>
    public static BodyFormat Choose(string accept, bool ofElements) =>
        accept is "" or "*/*" or "application/json" ? BodyFormat.Json
        : MediaTypeHeaderValue.TryParseList([accept], out var ranges) ? Choose(ranges, ofElements)
        : BodyFormat.Json;

    /// <summary>
    /// Whether a client wants server-sent events: they must be named, since no range means them, and be wanted more than bytes, or as much and more
    /// closely.
    /// </summary>
    /// <param name="accept">The header's text.</param>
    public static bool AcceptsEvents(string accept)
    {
        if (
            !accept.Contains("event-stream", StringComparison.OrdinalIgnoreCase)
            || !MediaTypeHeaderValue.TryParseList([accept], out var ranges)
        )
        {
            return false;
        }

        var events = RankOf("text", "event-stream", ranges);
        return events is { Quality: > 0, Closeness: 3 }
            && events.IsAbove(RankOf("application", "octet-stream", ranges))
            && events.IsAbove(RankOf("text", "plain", ranges));
    }

    private static BodyFormat Choose(IList<MediaTypeHeaderValue> ranges, bool ofElements)
    {
        var onlyElements = ofElements && RankOf("application", "json", ranges).Quality > 0;
        var (best, chosen) = (default(Rank), BodyFormat.Json);
        foreach (var (type, subType, format) in s_offers)
        {
            var rank = RankOf(type, subType, ranges);
            if (onlyElements && format is BodyFormat.Bytes or BodyFormat.Hex)
            {
                continue;
            }

            if (rank.Quality > 0 && rank.IsAbove(best))
            {
                (best, chosen) = (rank, format);
            }
        }

        return chosen;
    }

    // The closest range decides an offer's quality, even where a wider one is more generous.
    private static Rank RankOf(string type, string subType, IList<MediaTypeHeaderValue> ranges)
    {
        var rank = default(Rank);
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            var closeness =
                range.MatchesAllTypes ? 1
                : !range.Type.Equals(type, StringComparison.OrdinalIgnoreCase) ? 0
                : range.MatchesAllSubTypes ? 2
                : range.SubType.Equals(subType, StringComparison.OrdinalIgnoreCase) ? 3
                : 0;
            if (closeness > rank.Closeness)
            {
                rank = new Rank(range.Quality ?? 1, closeness, -i);
            }
        }

        return rank;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Rank(double Quality, int Closeness, int Order)
    {
        public bool IsAbove(Rank other) => (Quality, Closeness, Order).CompareTo((other.Quality, other.Closeness, other.Order)) > 0;
    }
}
