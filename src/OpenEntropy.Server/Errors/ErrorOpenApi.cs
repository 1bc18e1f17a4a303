using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Limits;

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
                operation.Responses[$"{status}"] = Answer(text, example: null, status);
                return Task.CompletedTask;
            }
        );

    /// <summary>The refusal that every route of random values may meet.</summary>
    public static OpenApiResponse NoEntropy =>
        Answer("No entropy now; Retry-After says when to ask again.", example: null, StatusCodes.Status503ServiceUnavailable);

    /// <summary>A refusal in both its bodies.</summary>
    /// <param name="text">When.</param>
    /// <param name="example">A message it comes with; null for none.</param>
    /// <param name="status">The HTTP status: 429 and 503 say when to ask again.</param>
    public static OpenApiResponse Answer(string text, string? example = null, int status = StatusCodes.Status400BadRequest) =>
        new()
        {
            Description = text,
            Headers = Headers(status),
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new() { Schema = Service(), Example = example is null ? null : Refusal(example) },
                ["application/problem+json"] = new() { Schema = Problem() },
            },
        };

    private static Dictionary<string, IOpenApiHeader>? Headers(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => Header("WWW-Authenticate", "Bearer: how the key is given.", Schemas.Text()),
            StatusCodes.Status503ServiceUnavailable => RetryAfter(),
            StatusCodes.Status429TooManyRequests => RetryAfter()
                .Concat(LimitOpenApi.Headers.SelectMany(header => Header(header.Name, header.Text, header.Schema)))
                .ToDictionary(StringComparer.Ordinal),
            _ => null,
        };

    private static Dictionary<string, IOpenApiHeader> RetryAfter() =>
        Header("Retry-After", "Whole seconds until it is worth asking again.", Schemas.Integer);

    private static Dictionary<string, IOpenApiHeader> Header(string name, string text, OpenApiSchema schema) =>
        new(StringComparer.Ordinal)
        {
            [name] = new OpenApiHeader { Description = text, Schema = schema },
        };

    private static JsonObject Refusal(string message) => new() { ["success"] = false, ["message"] = message };

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
