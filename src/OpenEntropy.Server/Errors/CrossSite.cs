namespace OpenEntropy.Server.Errors;

/// <summary>
/// Keeps the page of another site from acting through the browser of somebody who can reach this service. Browsers say where a request comes from
/// (Fetch, "Origin" header; Fetch Metadata Request Headers); what sends neither header is no browser.
/// </summary>
internal static class CrossSite
{
    /// <summary>Refuses requests of another site with 403.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The handler.</param>
    public static ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsForeign(context.HttpContext.Request)
            ? ValueTask.FromResult<object?>(
                new ErrorResult(StatusCodes.Status403Forbidden, "this request comes from a page of another site, which may not act here")
            )
            : next(context);

    private static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].Any(site => string.Equals(site, "cross-site", StringComparison.OrdinalIgnoreCase))
        || request.Headers.Origin.Any(origin => !IsOwn(origin, request.Host));

    // "null", which sandboxed pages and files send, is nobody's own.
    private static bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Host, host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);
}
