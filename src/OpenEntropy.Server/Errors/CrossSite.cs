using System.Net;

namespace OpenEntropy.Server.Errors;

/// <summary>
/// Keeps the page of another site from acting through the browser of somebody who can reach this service. Browsers say where a request comes from
/// (Fetch, "Origin" header; Fetch Metadata Request Headers); what sends neither header is no browser.
/// </summary>
/// <remarks>
/// A page can also come to be of the same site: its name is made to resolve to 127.0.0.1 after it was loaded (DNS rebinding), and Origin and Host then
/// agree on that name. So over loopback a name counts only if nobody else can own it, or if <c>AllowedHosts</c> lists it. The framework's own host
/// filter is no part of this application; the key is read here.
/// </remarks>
internal static class CrossSite
{
    private const string AllowedHosts = "AllowedHosts";
    private const string Localhost = "localhost";

    /// <summary>Refuses requests of another site with 403.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The handler.</param>
    public static ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        WhyNot(context.HttpContext) is { } reason
            ? ValueTask.FromResult<object?>(new ErrorResult(StatusCodes.Status403Forbidden, reason))
            : next(context);

    /// <summary>Why a request may not act, in one sentence; null where it may.</summary>
    /// <param name="context">The request.</param>
    public static string? WhyNot(HttpContext context)
    {
        var request = context.Request;
        var site = request.Headers["Sec-Fetch-Site"];
        if (
            site.Any(each => string.Equals(each, "cross-site", StringComparison.OrdinalIgnoreCase))
            || request.Headers.Origin.Any(origin => !IsOwn(origin, request.Host))
        )
        {
            return "this request comes from a page of another site, which may not act here";
        }

        var isBrowser = site.Count > 0 || request.Headers.Origin.Count > 0;
        return isBrowser && IsLoopback(context.Connection.RemoteIpAddress) && !IsKnown(request.Host.Host, context)
            ? $"this request reached loopback by the name '{Echo.Cut(request.Host.Host)}', which any site can do: use localhost or 127.0.0.1, or list the name in {AllowedHosts}"
            : null;
    }

    // "null", which sandboxed pages and files send, is nobody's own.
    private static bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Host, host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);

    // A connection that has no address was made within the process or on a Unix socket.
    private static bool IsLoopback(IPAddress? client) =>
        client is null || IPAddress.IsLoopback(client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client);

    private static bool IsKnown(string host, HttpContext context) =>
        IPAddress.TryParse(host, out _)
        || IsOrEndsWith(host, Localhost)
        || context
            .RequestServices.GetRequiredService<IConfiguration>()[AllowedHosts]
            ?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(allowed => IsAllowed(host, allowed)) == true;

    // The framework's grammar: names, and "*.example.org" for what is below one. "*" alone is its default and lists nothing.
    private static bool IsAllowed(string host, string allowed) =>
        allowed.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, allowed, StringComparison.OrdinalIgnoreCase);

    private static bool IsOrEndsWith(string host, string name) =>
        string.Equals(host, name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase);
}
