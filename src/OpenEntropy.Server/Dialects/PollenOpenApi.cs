using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Dialects;

/// <summary>pollinate's routes in the OpenAPI document.</summary>
internal static class PollenOpenApi
{
    /// <summary>What they do.</summary>
    public const string Description =
        "Two lines of 128 hexadecimal digits: the SHA-512 of the challenge, and 64 bytes of generator output. Other fields are passed over, and of a "
        + "repeated challenge the first counts.";

    private const string Form = "application/x-www-form-urlencoded";
    private const string Line = "[0-9a-f]{128}\\n";

    /// <summary>Adds the form and the answers.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var challenge = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            MinLength = 1,
            MaxLength = Pollen.LongestChallenge,
            Examples = ["3f1c"],
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = $"At most {Pollen.LongestForm} bytes.",
            Content = Content(Form, Schemas.Object([], ("challenge", challenge))),
        };
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = "The two lines.",
                Content = Content("text/plain", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = $"^{Line}{Line}$" }),
            },
            ["400"] = ErrorOpenApi.Answer("There is no challenge, or it is too long."),
            ["503"] = ErrorOpenApi.NoEntropy,
        };
        return Task.CompletedTask;
    }

    private static Dictionary<string, OpenApiMediaType> Content(string type, OpenApiSchema schema) =>
        new(StringComparer.Ordinal) { [type] = new() { Schema = schema } };
}
