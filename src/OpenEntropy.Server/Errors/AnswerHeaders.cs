using Microsoft.Extensions.Primitives;

namespace OpenEntropy.Server.Errors;

/// <summary>The headers of every answer: no byte of ours is to be served twice, and none is to be taken for another type than it has.</summary>
internal static class AnswerHeaders
{
    private static readonly StringValues s_noStore = "no-store";
    private static readonly StringValues s_noSniff = "nosniff";

    /// <summary>Sets them.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    public static void Set(HttpResponse response)
    {
        response.Headers.CacheControl = s_noStore;
        response.Headers.XContentTypeOptions = s_noSniff;
    }
}
