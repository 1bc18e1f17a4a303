using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Dialects;

/// <summary>A route of the ANU APIs in the OpenAPI document.</summary>
internal sealed class AnuOpenApi
{
    /// <summary>What the routes have in common.</summary>
    public const string Description =
        "For clients made for the ANU services: parameters that nobody knows are passed over, and of a repeated one the first counts. A value out of its "
        + "range is refused with 400, and so is a parameter that only /api/v1/random takes, such as conditioning: the values here are always generator output.";

    private static readonly string[] s_newerTypes = ["uint8", "uint16", "hex8", "hex16"];

    /// <summary><c>/</c>.</summary>
    public static AnuOpenApi Root { get; } =
        new()
        {
            Summary = "Random numbers for clients of the newer ANU API, which tells length as a string",
            Types = s_newerTypes,
            SizeText = NewerSize,
            Answer = () => Newest(Schemas.Text(), "2"),
            HasPage = true,
        };

    /// <summary>The trailing slash.</summary>
    public static AnuOpenApi Newer { get; } =
        new()
        {
            Summary = "Random numbers for clients of the newer ANU API, with length as a number",
            Types = s_newerTypes,
            SizeText = NewerSize,
            Answer = () => Newest(Schemas.Integer, 2),
        };

    /// <summary><c>/API/jsonI.php</c>.</summary>
    public static AnuOpenApi Older { get; } =
        new()
        {
            Summary = "Random numbers for clients of the older ANU API, where hex16 elements are counted in bytes",
            Types = ["uint8", "uint16", "hex16"],
            SizeText = "Bytes in a hex16 element; 1 with uint8 and uint16.",
            Answer = Oldest,
        };

    private const string NewerSize = "Bytes in a hex8 element, 16-bit words in a hex16 element; 1 with uint8 and uint16.";

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    private string[] Types { get; init; } = [];

    private string SizeText { get; init; } = "";

    /// <summary>Whether the live page is there where neither length nor type is given.</summary>
    private bool HasPage { get; init; }

    private Func<OpenApiMediaType> Answer { get; init; } = Oldest;

    /// <summary>Adds parameters and answers.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="cancellation">Not used.</param>
    public Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        Describe(operation, context.ApplicationServices);
        return Task.CompletedTask;
    }

    /// <summary>The whole entry of a path that is no route of its own.</summary>
    /// <param name="id">The operation's.</param>
    /// <param name="tag">Its tag, which other operations have too.</param>
    /// <param name="document">Where it will stand.</param>
    /// <param name="services">The application's.</param>
    public OpenApiPathItem MakePath(string id, string tag, OpenApiDocument document, IServiceProvider services)
    {
        var operation = new OpenApiOperation
        {
            OperationId = id,
            Summary = Summary,
            Description = Description,
            Tags = new HashSet<OpenApiTagReference> { new(tag, document) },
        };
        Describe(operation, services);
        ScopedRoutes.Describe(operation, document, Scopes.Random);
        return new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Get] = operation } };
    }

    private void Describe(OpenApiOperation operation, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<RandomnessOptions>>().Value;
        operation.Parameters =
        [
            RandomOpenApi.Number(
                "length",
                1,
                options.MaxLength,
                RandomFields.DefaultLength,
                $"Elements, with at most {options.MaxJsonBytes} random bytes behind them."
            ),
            RandomOpenApi.Choice("type", "hex16", "What the elements are.", Types),
            RandomOpenApi.Number("size", 1, RandomFields.MaxSize, 1, SizeText),
        ];
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = HasPage ? "Random values, or the live page where neither length nor type is given." : "Random values.",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = Answer() },
            },
            ["400"] = ErrorOpenApi.Answer("A parameter is refused; the message names it and its range, or what takes it."),
            ["503"] = ErrorOpenApi.NoEntropy,
        };
        if (HasPage)
        {
            operation.Responses["200"].Content!["text/html"] = new() { Schema = Schemas.Text(), Example = "<!doctype html>" };
        }
    }

    private static OpenApiMediaType Newest(OpenApiSchema lengthSchema, JsonNode length) =>
        new()
        {
            Schema = Schemas.Object(
                [],
                ("success", Schemas.Boolean),
                ("type", Schemas.Text(s_newerTypes)),
                ("length", lengthSchema),
                ("data", Elements())
            ),
            Example = new JsonObject
            {
                ["success"] = true,
                ["type"] = "hex16",
                ["length"] = length,
                ["data"] = new JsonArray("0f3a99c1", "77be5d02"),
            },
        };

    private static OpenApiMediaType Oldest() =>
        new()
        {
            Schema = Schemas.Object(
                [],
                ("type", Schemas.Text("uint8", "uint16", "string")),
                ("length", Schemas.Integer),
                ("size", Schemas.Integer),
                ("data", Elements()),
                ("success", Schemas.Boolean)
            ),
            Example = new JsonObject
            {
                ["type"] = "string",
                ["length"] = 2,
                ["size"] = 2,
                ["data"] = new JsonArray("0f3a", "77be"),
                ["success"] = true,
            },
        };

    private static OpenApiSchema Elements() => Schemas.Array(new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.String });
}
