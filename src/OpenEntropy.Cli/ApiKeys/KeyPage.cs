using System.Globalization;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Cli.ApiKeys;

/// <summary>Keys as they are told, which is without their hashes.</summary>
internal static class KeyPage
{
    /// <summary>A key that was just made, for JSON.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">What is to be given with requests.</param>
    public static object Made(ApiKey key, string text) =>
        new
        {
            Key = text,
            key.Id,
            key.Name,
            Scopes = ScopeNames.Of(key.Scopes),
            key.Created,
            key.Expires,
        };

    /// <summary>A key of the list, for JSON.</summary>
    /// <param name="key">The key.</param>
    /// <param name="used">When it was used last; null: not known, or never.</param>
    /// <param name="now">The time.</param>
    public static object Listed(ApiKey key, DateTimeOffset? used, DateTimeOffset now) =>
        new
        {
            key.Id,
            key.Name,
            Scopes = ScopeNames.Of(key.Scopes),
            key.Created,
            key.Expires,
            key.Revoked,
            LastUsed = used,
            State = State(key, now),
        };

    /// <summary>Prints the list.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="now">The time.</param>
    public static void Print(CommandConsole console, IReadOnlyList<(ApiKey Key, DateTimeOffset? Used)> keys, DateTimeOffset now)
    {
        var page = new Page(console);
        if (keys.Count == 0)
            page.Line("There are no keys.");
        var table = new Table("id", "name", "scopes", "made, UTC", "ends, UTC", "last used, UTC", "state");
        foreach (var (key, used) in keys)
            table.Add(
                key.Id,
                key.Name,
                string.Join(',', ScopeNames.Of(key.Scopes)),
                Time(key.Created),
                Time(key.Expires),
                Time(used),
                State(key, now)
            );
        if (keys.Count > 0)
            page.Table(table);
        page.Print();
    }

    /// <summary>A time to the second; empty where there is none.</summary>
    /// <param name="time">The time.</param>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) ?? "";

    private static string State(ApiKey key, DateTimeOffset now) =>
        key.Revoked is not null ? "revoked"
        : key.IsGood(now) ? "good"
        : "expired";
}
