using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Proxies;

namespace OpenEntropy.Server.Security;

/// <summary>
/// Whether a request was made by somebody on this machine and for this service, as far as a request can show it: by its connection, by the name it was
/// sent to, and by what no proxy has added. A name that others can own is refused, also one that leads here (DNS rebinding).
/// </summary>
internal static class LoopbackRule
{
    // Exactly these: localhost.example and 127.0.0.1.example are names of other people, and so may be what a resolver makes of 0.0.0.0 or 127.1.
    private static readonly string[] s_hosts = ["localhost", "127.0.0.1", "[::1]"];

    // RFC 7239; X-Forwarded-For, -Host, -Proto and whatever else begins so; nginx's usual name; what every proxy must add (RFC 9110, 7.6.3).
    private static readonly string[] s_ofProxies = ["Forwarded", "X-Real-IP", "Via"];
    private const string ForwardedPrefix = "X-Forwarded";

    private const string SiteHeader = "Sec-Fetch-Site";

    /// <summary>
    /// Whether a page of another origin sent a request. Browsers name the origin with every POST and, but for the oldest, say how it stands to this one
    /// (<c>Sec-Fetch-Site</c>); what sends neither is no browser. Another port of the same host is another origin.
    /// </summary>
    /// <param name="request">The request.</param>
    public static bool IsOfAnotherOrigin(HttpRequest request)
    {
        var own = $"{request.Scheme}://{request.Host.Value}";
        return request.Headers.Origin.Any(origin => !string.Equals(origin, own, StringComparison.OrdinalIgnoreCase))
            || request.Headers[SiteHeader].Any(site => site is not ("same-origin" or "none"));
    }

    /// <summary>Which condition does not hold, to follow "this request"; null where all do.</summary>
    /// <param name="context">The request.</param>
    public static string? WhyNot(HttpContext context)
    {
        var request = context.Request;
        return !Peer.IsThisMachine(context.Connection.RemoteIpAddress)
                ? "does not come from this machine's loopback, and nor does what comes by a container's published port"
            : !s_hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase)
                ? $"was sent to the name '{Echo.Cut(request.Host.Host)}', which is none of {string.Join(", ", s_hosts)}"
            : context.Features.Get<ForwardedRequest>() is not null ? "passed a proxy"
            : HeaderOfProxy(request) is { } header ? $"passed a proxy, as its header {Echo.Cut(header)} says"
            : null;
    }

    /// <summary>The header by which a proxy says that it passed a request on; null where there is none.</summary>
    /// <param name="request">The request.</param>
    public static string? HeaderOfProxy(HttpRequest request)
    {
        // Asked of every request of loopback: the web server would make a list of the names.
        foreach (var (header, _) in request.Headers)
        {
            if (IsOfProxy(header))
            {
                return header;
            }
        }

        return null;
    }

    private static bool IsOfProxy(string header) =>
        header.StartsWith(ForwardedPrefix, StringComparison.OrdinalIgnoreCase)
        || s_ofProxies.Contains(header, StringComparer.OrdinalIgnoreCase);
}
