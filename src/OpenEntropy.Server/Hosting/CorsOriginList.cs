namespace OpenEntropy.Server.Hosting;

/// <summary>A list of origins as configured: each as browsers write it (RFC 6454, 6.2), separated by commas.</summary>
internal static class CorsOriginList
{
    /// <summary>The origins.</summary>
    /// <param name="list">The list.</param>
    public static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is wrong with a list, in one sentence; null for nothing.</summary>
    /// <param name="list">The list; empty: no origin.</param>
    public static string? FindProblem(string list)
    {
        foreach (var origin in list.Length == 0 ? [] : list.Split(',', StringSplitOptions.TrimEntries))
        {
            // Compared with what a browser sends, letter by letter: an origin written otherwise would never match.
            if (Written(origin) is not { } written)
            {
                return $"'{origin}' is no origin: write each as scheme, host and port, such as https://example.org or http://localhost:3000";
            }

            if (written != origin)
            {
                return $"'{origin}' is not written as browsers write it: '{written}'";
            }
        }

        return null;
    }

    // "*" and "null", which anybody can be, are no addresses.
    private static string? Written(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0
        && !uri.Host.Contains('*')
        && HostOf(uri) is { } host
            ? $"{uri.Scheme}://{host}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : null;

    private static string? HostOf(Uri uri)
    {
        try
        {
            return uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return null; // an address to the framework, but no name that a browser could send
        }
    }
}
