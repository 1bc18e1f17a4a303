using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Values;

/// <summary>The routes of values derived from random bytes without bias.</summary>
internal static class ValueEndpoints
{
    private const string Base = "/api/v1/";

    /// <summary>The kinds, each with a route of its name.</summary>
    public static IReadOnlyList<ValueKind> Kinds { get; } =
    [
        new IntegerValues(),
        new SequenceValues(),
        new FloatValues(),
        new GaussianValues(),
        new UuidValues(),
        new StringValues(),
        new ShuffleValues(),
        new ChoiceValues(),
        new ByteValues(),
    ];

    /// <summary>Maps the routes. <see cref="EntropyPool"/> must be a singleton of the application.</summary>
    /// <param name="routes">The application's routes.</param>
    public static void MapValues(this IEndpointRouteBuilder routes)
    {
        foreach (var kind in Kinds)
        {
            var route = new ValueRoute(routes.ServiceProvider, kind);
            RequestDelegate get = route.HandleAsync;
            Describe(routes.MapMethods(Base + kind.Name, Routes.Read, get), get, kind, kind.Name, withItems: true);
            if (kind.TakesItems)
            {
                RequestDelegate post = route.HandlePostAsync;
                Describe(routes.MapPost(Base + kind.Name, post), post, kind, kind.Name + "_of_body", withItems: false);
            }
        }
    }

    private static void Describe(IEndpointConventionBuilder route, RequestDelegate handler, ValueKind kind, string id, bool withItems) =>
        route
            .WithName(id)
            .IsAudited(AuditAct.Output)
            .WithTags("Values")
            .WithSummary(withItems ? kind.Summary : $"{kind.Summary}; the items are the body")
            .WithDescription(kind.Description)
            .WithMetadata(handler.Method) // what makes the API explorer see a plain request delegate
            .AddOpenApiOperationTransformer((operation, context, _) => ValueOpenApi.DescribeAsync(operation, context, kind, withItems))
            .Needs(Scopes.Random);
}
