using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace OpenEntropy.Server.Randomness;

/// <summary>The route's entry in the OpenAPI document: parsing works on the raw query string, so its parameters are listed by hand.</summary>
internal static class RandomOpenApi
{
    /// <summary>What the whole does.</summary>
    public const string Description =
        "Answers in the ANU QRNG format: `data` holds `length` elements and comes last. "
        + "`format` or `Accept` choose another body: `bytes` (application/octet-stream), `hex` (text/plain) and `base64` are streamed, there "
        + "`length` counts bytes and `type` and `size` are refused; `lines` writes the elements of `data` unquoted, one a line. "
        + "An `Accept` that none of them meets gets JSON. uint16 and hex16 are big-endian. "
        + "A value out of its range, an unknown parameter and a repeated one are refused with 400, never repaired.";

    /// <summary>Adds parameters and answers.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var options = context.ApplicationServices.GetRequiredService<IOptions<RandomnessOptions>>().Value;
        operation.Parameters =
        [
            Number("length", 1, Math.Max(options.MaxLength, options.MaxBytes), RandomFields.DefaultLength, LengthText(options)),
            Choice("type", "hex16", "What the elements are.", "uint8", "uint16", "hex8", "hex16"),
            Number(
                "size",
                1,
                RandomFields.MaxSize,
                1,
                "Bytes in a hex8 element, 16-bit words in a hex16 element; 1 with uint8 and uint16."
            ),
            Flag("raw", "Untested raw samples, where the operator allows them; the same as conditioning=raw."),
            Text("source", "Raw samples of these noise sources: names or categories, separated by commas. Several are XORed."),
            Choice(
                "conditioning",
                "drbg",
                "drbg: generator output (sha256 is an alias); limited: every output bit backed by credited entropy; vonneumann, raw: raw samples.",
                "drbg",
                "sha256",
                "limited",
                "vonneumann",
                "raw"
            ),
            Flag("fresh", "Reseed the generator from the pool first (prediction resistance)."),
            Number("timeout", 0, RandomFields.MaxTimeoutSeconds, 0, "Seconds to wait for limited, fresh or raw bytes; 10 for raw."),
            Choice("format", "json", "The body; wins over Accept.", "json", "bytes", "hex", "base64", "lines"),
        ];
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Answer("Random values.", "application/json", "application/octet-stream", "text/plain"),
            ["400"] = Answer("A parameter is refused; the message names it and its range.", "application/json", "application/problem+json"),
            ["403"] = Answer("Raw samples are not allowed here.", "application/json", "application/problem+json"),
            ["503"] = Answer("No entropy now; Retry-After says when to ask again.", "application/json", "application/problem+json"),
        };
        return Task.CompletedTask;
    }

    private static string LengthText(RandomnessOptions options) =>
        $"Elements, 1 to {options.MaxLength} and {options.MaxJsonBytes} random bytes; bytes, 1 to {options.MaxBytes}, with format bytes, hex and base64.";

    private static OpenApiParameter Number(string name, long least, long most, int otherwise, string text) =>
        Parameter(
            name,
            text,
            new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = least.ToString(),
                Maximum = most.ToString(),
                Default = otherwise,
            }
        );

    private static OpenApiParameter Choice(string name, string otherwise, string text, params string[] values) =>
        Parameter(
            name,
            text,
            new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. values.Select(value => (JsonNode)value)],
                Default = otherwise,
            }
        );

    private static OpenApiParameter Flag(string name, string text) =>
        Parameter(name, text, new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false });

    private static OpenApiParameter Text(string name, string text) =>
        Parameter(name, text, new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = RandomFields.LongestText });

    private static OpenApiParameter Parameter(string name, string text, OpenApiSchema schema) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = text,
            Schema = schema,
        };

    private static OpenApiResponse Answer(string text, params string[] types) =>
        new() { Description = text, Content = types.ToDictionary(type => type, _ => new OpenApiMediaType(), StringComparer.Ordinal) };
}
