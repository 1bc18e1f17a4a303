using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Security;

/// <summary>Routes that act, and what the OpenAPI document says of who may.</summary>
internal static class OperatorRoutes
{
    private const string Bearer = "operator_key";
    private const string ApiKey = "operator_key_header";

    private const string WhoText =
        "The operator's key, where the service has one (OpenEntropy:Security:OperatorKeyDigest). By localhost on the machine itself, through no proxy, none is needed.";

    /// <summary>
    /// Keeps a route to operators, by <see cref="OperatorRule"/>: before anything else of a request is looked at, if this is the first filter it gets.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="otherwiseForbidden">Why else it answers 403, as a sentence's beginning; null where it does not.</param>
    public static RouteHandlerBuilder IsForOperators(this RouteHandlerBuilder route, string? otherwiseForbidden = null) =>
        route
            .AddEndpointFilter(OperatorRule.RefuseAsync)
            .AddOpenApiOperationTransformer(RequireAsync)
            .Refuses(
                StatusCodes.Status401Unauthorized,
                "The operator's key is wrong, or missing where the request does not come by localhost from the machine itself."
            )
            .Refuses(
                StatusCodes.Status403Forbidden,
                $"{(otherwiseForbidden is null ? "A" : $"{otherwiseForbidden}, or a")} page of another site asked, or the service has no operator's key and the request does not come by localhost from the machine itself."
            );

    /// <summary>Describes the key to the document, whose operations refer to it.</summary>
    /// <param name="document">The document.</param>
    public static void Describe(OpenApiDocument document)
    {
        document.AddComponent(
            Bearer,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = WhoText,
            }
        );
        document.AddComponent(
            ApiKey,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = OperatorKey.Header,
                Description = WhoText,
            }
        );
    }

    // Any of three ways: none, on the machine itself; or the key in either header.
    private static Task RequireAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        operation.Security = [new OpenApiSecurityRequirement(), Requirement(Bearer, context), Requirement(ApiKey, context)];
        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
}
