using Microsoft.Extensions.Primitives;
using OpenEntropy.Server.Tls;

namespace OpenEntropy.Server.Errors;

/// <summary>
/// The headers of every answer: no byte of ours is to be served twice, and none is to be taken for another type than it has, run or framed as a page, or
/// embedded by a page of another origin. What a page of a listed origin fetches (CORS) is not embedded (Fetch, "Cross-Origin-Resource-Policy").
/// </summary>
internal static class AnswerHeaders
{
    private const string ReferrerPolicy = "Referrer-Policy";
    private const string ResourcePolicy = "Cross-Origin-Resource-Policy";

    private static readonly StringValues s_noStore = "no-store";
    private static readonly StringValues s_noSniff = "nosniff";
    private static readonly StringValues s_noReferrer = "no-referrer";
    private static readonly StringValues s_noContent = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues s_sameOrigin = "same-origin";

    /// <summary>Sets them.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.CacheControl = s_noStore;
        headers.XContentTypeOptions = s_noSniff;
        headers.ContentSecurityPolicy = s_noContent;
        headers[ReferrerPolicy] = s_noReferrer;
        headers[ResourcePolicy] = s_sameOrigin;
        var context = response.HttpContext;
        if (context.Request.IsHttps)
        {
            context.RequestServices.GetService<TransportPolicy>()?.Set(context);
        }
    }
}
