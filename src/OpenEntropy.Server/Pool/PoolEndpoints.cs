using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Pool;

/// <summary>The accounts of the pool.</summary>
internal static class PoolEndpoints
{
    /// <summary>Maps the route.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapPool(this IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/pool/status", Routes.Read, Get)
            .WithTags("Pool")
            .Answers<PoolBody>("The accounts: assessed bits in, blocks, bytes out. Never the content");

    private static JsonAnswer<PoolBody> Get(EntropyPool pool, AssessmentHistory history, IAuditLog audit)
    {
        var status = pool.Status;
        var body = PoolBody.From(status) with { Deviations = ServiceDeviations.Of(status, history, audit) };
        return new JsonAnswer<PoolBody>(body, ServerJson.Readable.PoolBody);
    }
}
