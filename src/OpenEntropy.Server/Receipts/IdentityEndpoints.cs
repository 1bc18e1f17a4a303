using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Receipts;

/// <summary>The public key of the service.</summary>
internal static class IdentityEndpoints
{
    /// <summary>Maps the route.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapIdentity(this IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/api/v1/identity", Routes.Read, GetAsync)
            .IsOpen() // whoever has a receipt may check it
            .TakesOnly()
            .WithTags("Receipts")
            .Answers<IdentityBody>("The public key that receipts are signed with, as JWK Set and PEM")
            .Refuses(StatusCodes.Status400BadRequest, "A query parameter; this route takes none.")
            .Refuses(
                StatusCodes.Status503ServiceUnavailable,
                "There is no key yet and no seed to make it from, or its files are not in order."
            );

    private static async Task<IResult> GetAsync(HttpContext context, ServiceIdentity identity)
    {
        var isHead = HttpMethods.IsHead(context.Request.Method);
        if (await identity.OpenAsync(mayCreate: !isHead, context.RequestAborted) is { } problem)
        {
            return new ErrorResult(StatusCodes.Status503ServiceUnavailable, problem.Message, retryAfter: problem.RetryAfter);
        }

        // HEAD makes no key: its length is not known then.
        return identity.Open is { } open
            ? new JsonAnswer<IdentityBody>(IdentityBody.From(open.Key), ServerJson.Readable.IdentityBody)
            : TypedResults.Ok();
    }
}
