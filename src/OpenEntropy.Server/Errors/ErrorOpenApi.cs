using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;

namespace OpenEntropy.Server.Errors;

/// <summary>The refusals' entries in the OpenAPI document.</summary>
internal static class ErrorOpenApi
{
    /// <summary>Documents that a route may refuse.</summary>
    /// <param name="route">The route.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="text">When.</param>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, int status, string text) =>
        route.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                operation.Responses ??= [];
                operation.Responses[$"{status}"] = Answer(text);
                return Task.CompletedTask;
            }
        );

    /// <summary>A refusal in both its bodies.</summary>
    /// <param name="text">When.</param>
    public static OpenApiResponse Answer(string text) =>
        new()
        {
            Description = text,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new() { Schema = Service() },
                ["application/problem+json"] = new() { Schema = Problem() },
            },
        };

    private static OpenApiSchema Service() => Schemas.Object([], ("success", Schemas.Boolean), ("message", Schemas.Text()));

    private static OpenApiSchema Problem() =>
        Schemas.Object(
            ["field"],
            ("type", Schemas.Text()),
            ("title", Schemas.Text()),
            ("status", Schemas.Integer),
            ("detail", Schemas.Text()),
            ("field", Schemas.Text())
        );
}
