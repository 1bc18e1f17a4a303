using System.Net;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Errors;

/// <summary>
/// Keeps the page of another site from acting through the browser of somebody who can reach this service. Browsers say where a request comes from
/// (Fetch, "Origin" header; Fetch Metadata Request Headers); what sends neither header is no browser. It holds for who has the operator's key, too; without
/// one <see cref="Security.Access"/> is stricter.
/// </summary>
/// <remarks>
/// A page can also come to be of the same site: its name is made to resolve to 127.0.0.1 after it was loaded (DNS rebinding), and Origin and Host then
/// agree on that name. So over loopback or from a private network, where a container's host is too, a name counts only if nobody else can
/// own it, or if <c>AllowedHosts</c> lists it. The framework's own host
/// filter is no part of this application; the key is read here.
/// </remarks>
internal static class CrossSite
{
    private const string AllowedHosts = "AllowedHosts";
    private const string Localhost = "localhost";

    // RFC 1918, and link-local (RFC 3927).
    private static readonly IPNetwork[] s_private =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"),
    ];

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

        return site.Count > 0 || request.Headers.Origin.Count > 0 ? WhyNotByThisName(context) : null;
    }

    /// <summary>
    /// Why a request may not read what is for this service's own pages and for programs, in one sentence; null where it may. Who reads sends no Origin to its
    /// own site, and over plain HTTP no Sec-Fetch-Site: a browser is known by its Accept-Language, which a page can change and cannot leave out (Fetch, 4.6).
    /// Origins that <see cref="ServerOptions.CorsOrigins"/> lists may read.
    /// </summary>
    /// <param name="context">The request.</param>
    public static string? WhyNotRead(HttpContext context)
    {
        var request = context.Request;
        var (origins, site) = (request.Headers.Origin, request.Headers["Sec-Fetch-Site"]);
        if (origins.Count == 1 && IsListed(origins[0], context))
        {
            return null;
        }

        if (site.Any(each => each is not ("same-origin" or "none")) || origins.Any(origin => !IsOwn(origin, request.Host)))
        {
            return "this request comes from a page of another site, which may not read this: an operator can list its origin in OpenEntropy:Server:CorsOrigins";
        }

        return site.Count > 0 || origins.Count > 0 || IsOfBrowser(request) ? WhyNotByThisName(context) : null;
    }

    // Where no site is told. Node's fetch sends a language as browsers do, and beside it a mode, which browsers send with the site or not at all and pages cannot set.
    private static bool IsOfBrowser(HttpRequest request) =>
        request.Headers.AcceptLanguage.Count > 0 && !request.Headers.ContainsKey("Sec-Fetch-Mode");

    private static string? WhyNotByThisName(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return IsNear(context.Connection.RemoteIpAddress) && !IsKnown(host, context)
            ? $"this request came from nearby by the name '{Echo.Cut(host)}', which any site can have: use localhost or an address, or list the name in {AllowedHosts}"
            : null;
    }

    private static bool IsListed(string? origin, HttpContext context) =>
        context.RequestServices.GetService<IOptions<ServerOptions>>() is { Value.CorsOrigins: { Length: > 0 } list }
        && CorsOriginList.Split(list).Contains(origin, StringComparer.Ordinal);

    // "null", which sandboxed pages and files send, is nobody's own.
    private static bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Host, host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);

    // A connection that has no address was made within the process or on a Unix socket.
    private static bool IsNear(IPAddress? client) =>
        client is null
        || IPAddress.IsLoopback(client)
        || client.IsIPv6LinkLocal
        || client.IsIPv6UniqueLocal
        || (client.IsIPv4MappedToIPv6 && IsNear(client.MapToIPv4()))
        || s_private.Any(network => network.Contains(client));

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
