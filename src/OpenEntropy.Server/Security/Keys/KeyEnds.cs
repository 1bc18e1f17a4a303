using System.Globalization;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>When keys end, for a service that does not start without one.</summary>
internal static class KeyEnds
{
    /// <summary>How long before the last key's end it is told of.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    /// <summary>Says that the last good key ends soon, or has; null where there is time.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="now">The time.</param>
    public static string? WhyNoStart(IReadOnlyList<ApiKey> keys, DateTimeOffset now)
    {
        var last = keys.Where(key => key.IsGood(now)).MaxBy(End);
        return last is null ? "no API key is good any more, and without one the service does not start again"
            : End(last) - now > Notice ? null
            : $"the last API key that is good, {last.Id}, ends on {Date(End(last))}, and without one the service does not start again";
    }

    /// <summary>Says which of keys that have all ended was the last; null where there is none.</summary>
    /// <param name="keys">The keys.</param>
    public static string? LastOf(IReadOnlyList<ApiKey> keys) =>
        keys.MaxBy(End) is { } last
            ? $"{keys.Count.ToString(CultureInfo.InvariantCulture)} in {ApiKeyFiles.ListName} have all ended, {last.Id} as the last on {Date(End(last))}"
            : null;

    private static DateTimeOffset End(ApiKey key) => new[] { key.Expires, key.Revoked }.Min() ?? DateTimeOffset.MaxValue; // Min passes over null

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
