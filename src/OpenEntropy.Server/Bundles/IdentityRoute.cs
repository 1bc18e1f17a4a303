using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Bundles;

/// <summary>Tells who signs bundles here.</summary>
internal static class IdentityRoute
{
    /// <summary>Answers; the first question makes the keys, unless it is a HEAD.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    /// <param name="identity">Who signs.</param>
    public static async Task<IResult> GetAsync(HttpContext context, BundleKeeper identity)
    {
        var isHead = HttpMethods.IsHead(context.Request.Method);
        if (await identity.OpenAsync(mayCreate: !isHead, context.RequestAborted) is { } problem)
        {
            return new ErrorResult(StatusCodes.Status503ServiceUnavailable, problem.Message, retryAfter: problem.RetryAfter);
        }

        return identity.Open is { } open
            ? new JsonAnswer<BundleIdentityBody>(BundleIdentityBody.From(open.History), ServerJson.Readable.BundleIdentityBody)
            : TypedResults.Ok();
    }
}
