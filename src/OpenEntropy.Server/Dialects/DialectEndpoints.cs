using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Dialects;

/// <summary>
/// The routes of other services, for clients that were made for those: the two ANU APIs, quantum-vllm's, and <c>pollinate</c>'s. Unknown parameters
/// are passed over here and of a repeated one the first counts, as there; a value out of its range is refused as everywhere. A key is asked for where the
/// service asks for one anywhere; every host name is answered, and nothing is redirected.
/// </summary>
internal static class DialectEndpoints
{
    private const string Tag = "Dialects";

    /// <summary>Describes what is no route of its own: routing does not tell <c>/api/v1/random/</c> from the path without the slash.</summary>
    /// <param name="services">The services.</param>
    public static void AddDialects(this IServiceCollection services) =>
        services.Configure<OpenApiOptions>("v1", options => options.AddDocumentTransformer(DescribeSlashAsync));

    /// <summary>Maps the routes. <see cref="EntropyPool"/> must be a singleton of the application.</summary>
    /// <param name="routes">The application's routes.</param>
    public static void MapDialects(this IEndpointRouteBuilder routes)
    {
        MapAnu(routes, new AnuRoutes(routes.ServiceProvider));
        MapQuantumVllm(routes);
        MapPollinate(routes);
    }

    private static void MapAnu(IEndpointRouteBuilder routes, AnuRoutes anu)
    {
        MapAnu(routes, "/", anu.HandleRootAsync, "anu", AnuOpenApi.Root, AnuRoutes.AsksForNumbers); // else it is the live page
        MapAnu(routes, "/API/jsonI.php", anu.HandleOlderAsync, "anu_older", AnuOpenApi.Older);
    }

    private static void MapAnu(
        IEndpointRouteBuilder routes,
        string pattern,
        RequestDelegate handler,
        string name,
        AnuOpenApi document,
        Func<HttpContext, bool>? asks = null
    ) =>
        routes
            .MapMethods(pattern, Routes.Read, handler)
            .WithName(name)
            .IsAudited(AuditAct.Output)
            .WithTags(Tag)
            .WithSummary(document.Summary)
            .WithDescription(AnuOpenApi.Description)
            .WithMetadata(handler.Method) // what makes the API explorer see a plain request delegate
            .AddOpenApiOperationTransformer(document.DescribeAsync)
            .Needs(Scopes.Random, asks);

    private static Task DescribeSlashAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellation
    )
    {
        document.Paths["/api/v1/random/"] = AnuOpenApi.Newer.MakePath("anu_slash", Tag, document, context.ApplicationServices);
        return Task.CompletedTask;
    }

    private static void MapQuantumVllm(IEndpointRouteBuilder routes)
    {
        RequestDelegate checkKey = QuantumVllm.CheckKeyAsync;
        routes
            .MapMethods("/v1/auth/check-key", Routes.Read, checkKey)
            .WithName("quantum_vllm_check_key")
            .WithTags(Tag)
            .WithSummary("What a key may do, for quantum-vllm; where no key is asked for, any is accepted")
            .WithMetadata(checkKey.Method)
            .AddOpenApiOperationTransformer(QuantumVllmOpenApi.DescribeCheckKeyAsync)
            .Needs(Scopes.Random);
        routes
            .MapMethods("/v1/qrng/latest", Routes.Read, QuantumVllm.GetLatestAsync)
            .WithName("quantum_vllm_latest")
            .IsAudited(AuditAct.Output)
            .WithTags(Tag)
            .WithSummary("A payload of random bytes, never the same twice, for quantum-vllm")
            .AddOpenApiOperationTransformer(QuantumVllmOpenApi.DescribeLatestAsync)
            .Needs(Scopes.Random);
    }

    private static void MapPollinate(IEndpointRouteBuilder routes)
    {
        foreach (
            var (pattern, name, text) in new[]
            {
                ("/", "pollinate", "A seed of 64 bytes for pollinate at the root, with the answer to its challenge"),
                ("/pollen", "pollinate_pollen", "A seed of 64 bytes for pollinate, with the answer to its challenge"),
            }
        )
        {
            routes
                .MapPost(pattern, Pollen.AnswerAsync)
                .WithName(name)
                .IsAudited(AuditAct.Output)
                .WithTags(Tag)
                .WithSummary(text)
                .WithDescription(PollenOpenApi.Description)
                .AddOpenApiOperationTransformer(PollenOpenApi.DescribeAsync)
                .Needs(Scopes.Random);
        }

        routes.MapMethods("/pollen", Routes.Read, Pollen.RefuseGetAsync).ExcludeFromDescription().IsOpen(); // it gives nothing
    }
}
