using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Streaming;

/// <summary>The endless stream's route.</summary>
internal static class StreamEndpoints
{
    /// <summary>Maps <c>/api/v1/stream</c>. <see cref="EntropyPool"/> must be a singleton of the application.</summary>
    /// <param name="routes">The application's routes.</param>
    public static void MapStream(this IEndpointRouteBuilder routes)
    {
        RequestDelegate handler = new StreamRoute(routes.ServiceProvider).HandleAsync;
        routes
            .MapMethods("/api/v1/stream", Routes.Read, handler)
            .CountsAsStream()
            .WithName("stream")
            .IsAudited(AuditAct.Output)
            .WithTags("Randomness")
            .WithSummary("Random bytes without end, as a body or as server-sent events")
            .WithDescription(StreamOpenApi.Description)
            .WithMetadata(handler.Method) // what makes the API explorer see a plain request delegate
            .AddOpenApiOperationTransformer(StreamOpenApi.DescribeAsync)
            .Needs(Scopes.Random | Scopes.Raw); // which of them, its parameters say
    }
}
