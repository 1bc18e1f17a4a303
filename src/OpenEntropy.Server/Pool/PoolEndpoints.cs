using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

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
            .Answers<PoolBody>("The accounts: assessed bits in, blocks, bytes out. Never the content")
            .Needs(Scopes.Metrics);

    private static JsonAnswer<PoolBody> Get(EntropyPool pool, AssessmentHistory history, DeviationBoard board)
    {
        var status = pool.Status;
        var body = PoolBody.From(status) with { Deviations = ServiceDeviations.Of(status, history, board) };
        return new JsonAnswer<PoolBody>(body, ServerJson.Readable.PoolBody);
    }
}
