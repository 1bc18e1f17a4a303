using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Randomness;

/// <summary>The random values' route.</summary>
internal static class RandomEndpoints
{
    /// <summary>Registers what requests for random bytes and values share.</summary>
    /// <param name="services">The services; they hold <see cref="RandomnessOptions"/>.</param>
    public static void AddRandomness(this IServiceCollection services)
    {
        services.AddSingleton<AnswerMemory>();
        services.AddSingleton<ServedBytes>();
        services.AddSingleton<BrokenOffCounts>();
        services.AddSingleton<RefusalCounts>();
        services.AddSingleton<BrokenOffAnswers>();
        services.AddSingleton<BlockShares>();
        services.TryAddSingleton<LimitCounts>();
    }

    /// <summary>Maps <c>/api/v1/random</c>. <see cref="EntropyPool"/> must be a singleton of the application.</summary>
    /// <param name="routes">The application's routes.</param>
    public static void MapRandom(this IEndpointRouteBuilder routes)
    {
        RequestDelegate handler = new RandomRoute(routes.ServiceProvider).HandleAsync;
        routes
            .MapMethods("/api/v1/random", Routes.Read, handler)
            .WithName("random")
            .IsAudited(AuditAct.Output)
            .WithTags("Randomness")
            .WithSummary("Random numbers, hexadecimal blocks or bytes")
            .WithDescription(RandomOpenApi.Description)
            .WithMetadata(handler.Method) // what makes the API explorer see a plain request delegate
            .AddOpenApiOperationTransformer(RandomOpenApi.DescribeAsync)
            .Needs(Scopes.Random | Scopes.Raw); // which of them, its parameters say
    }
}
