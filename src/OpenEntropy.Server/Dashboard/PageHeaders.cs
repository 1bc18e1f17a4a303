namespace OpenEntropy.Server.Dashboard;

/// <summary>The headers of the page and its files: nothing but those files runs there, and no other site frames it.</summary>
internal static class PageHeaders
{
    /// <summary>No inline script or style, nothing of another host.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets them.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
