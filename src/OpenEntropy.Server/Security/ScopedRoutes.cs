using Microsoft.OpenApi;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Security;

/// <summary>Routes say what they need, and the OpenAPI document says it after them.</summary>
internal static class ScopedRoutes
{
    private const string Bearer = "api_key";
    private const string ApiKey = "api_key_header";

    private const string WhoText =
        "A key of the service (openentropy key create), with the scope that the operation needs. Where the service listens on this machine alone, or lets everybody read, reading needs none.";

    private const string WrongText = "What was given as a key is none, or none was given and one is needed.";

    /// <summary>Asks for a scope.</summary>
    /// <typeparam name="T">A route or a group of them.</typeparam>
    /// <param name="route">The route. To be said last, since it adds to the route's answers.</param>
    /// <param name="anyOf">One of these is enough.</param>
    /// <param name="applies">Which requests it is asked of; null: all.</param>
    public static T Needs<T>(this T route, Scopes anyOf, Func<HttpContext, bool>? applies = null)
        where T : IEndpointConventionBuilder =>
        route
            .WithMetadata(new RequiredScope(anyOf, applies))
            .AddOpenApiOperationTransformer(
                (operation, context, _) =>
                {
                    Describe(operation, context.Document, anyOf);
                    return Task.CompletedTask;
                }
            );

    /// <summary>Says that a route is for everybody, with and without a key.</summary>
    /// <typeparam name="T">A route or a group of them.</typeparam>
    /// <param name="route">The route.</param>
    public static T IsOpen<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(new RequiredScope(Scopes.None));

    /// <summary>Describes the ways to give a key to the document, whose operations refer to them.</summary>
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
                Name = PresentedKeys.Header,
                Description = WhoText,
            }
        );
    }

    /// <summary>Adds to an operation what it needs, and how it refuses who has it not.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="document">Where it stands.</param>
    /// <param name="anyOf">One of these is enough.</param>
    public static void Describe(OpenApiOperation operation, OpenApiDocument? document, Scopes anyOf)
    {
        // Any of three ways: none; or the key in either header. Roles are what OpenAPI 3.1 calls the names beside a scheme without scopes of its own.
        operation.Security = [new OpenApiSecurityRequirement(), Requirement(Bearer, document, anyOf), Requirement(ApiKey, document, anyOf)];
        operation.Responses ??= [];
        Add(operation.Responses, StatusCodes.Status401Unauthorized, WrongText, example: null);
        var isAct = (anyOf & Scopes.Reading) == Scopes.None;
        var text =
            $"The key lacks the scope {string.Join(" or ", ScopeNames.Of(anyOf))}"
            + (
                isAct
                    ? "; or a page of another site asked; or there is no key, and the request does not come by localhost from the machine itself."
                    : OtherSiteText(anyOf)
            );
        var caller = new Caller(CallerKind.Key, "") { Scopes = Scopes.None };
        Add(operation.Responses, StatusCodes.Status403Forbidden, text, isAct ? null : AccessRefusal.Insufficient(caller, anyOf).Message);
    }

    private static string OtherSiteText(Scopes anyOf) =>
        (anyOf & Scopes.Metrics) == Scopes.None
            ? "; or there is none, and a page of another site asked for what takes seed blocks, raw samples, a signature or a stream, or a browser from nearby by a name that anybody can have."
            : "; or there is none, and a page of another site asked, or a browser from nearby by a name that anybody can have.";

    // What a route says of the same status by itself comes first.
    private static void Add(OpenApiResponses responses, int status, string text, string? example)
    {
        if (responses.TryGetValue($"{status}", out var own) && own is OpenApiResponse { Description: { } said } response)
        {
            response.Description = $"{said} {text}";
            return;
        }

        responses[$"{status}"] = ErrorOpenApi.Answer(text, example, status);
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument? document, Scopes anyOf) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [.. ScopeNames.Of(anyOf)] };
}
