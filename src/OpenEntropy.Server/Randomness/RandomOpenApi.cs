using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Randomness;

/// <summary>The route's entry in the OpenAPI document: parsing works on the raw query string, so its parameters are listed by hand.</summary>
internal static class RandomOpenApi
{
    /// <summary>What the whole does.</summary>
    public const string Description =
        "Answers in the ANU QRNG format: `data` holds `length` elements and comes last. "
        + "`format` or `Accept` choose another body: `bytes` (application/octet-stream), `hex` (text/plain) and `base64` are streamed, there "
        + "`length` counts bytes and `type` and `size` are refused; `lines` writes the elements of `data` unquoted, one a line. "
        + "`receipt=true` puts a signed receipt before `data`, and `Accept: application/jose+json` makes the whole answer a JWS; the key is at "
        + "`/api/v1/identity`. "
        + "An `Accept` that none of them meets gets JSON. uint16 and hex16 are big-endian. "
        + "A value out of its range, an unknown parameter and a repeated one are refused with 400, never repaired.";

    private const string RateText =
        "Random bytes per second at most, before they are written as text; with bytes, hex and base64. As fast as the client reads where not given.";

    private const string Example =
        """{"success":true,"type":"hex16","length":2,"size":2,"conditioned":true,"quality":"drbg","data":["0f3a99c1","77be5d02"]}""";

    /// <summary>Adds parameters and answers.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var options = context.ApplicationServices.GetRequiredService<IOptions<RandomnessOptions>>().Value;
        operation.Parameters =
        [
            Number("length", 1, most: null, RandomFields.DefaultLength, LengthText(options)),
            Choice("type", "hex16", "What the elements are.", "uint8", "uint16", "hex8", "hex16"),
            Number(
                "size",
                1,
                RandomFields.MaxSize,
                1,
                "Bytes in a hex8 element, 16-bit words in a hex16 element; 1 with uint8 and uint16."
            ),
            Flag("raw", "Untested raw samples, where the operator allows them; the same as conditioning=raw."),
            Text(
                "source",
                "With raw samples only: the noise sources, as names, categories and globs separated by commas, lower case. Several are XORed.",
                "dram_row_buffer,sleep_jitter"
            ),
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
            Number(
                "timeout",
                0,
                RandomFields.MaxTimeoutSeconds,
                otherwise: null,
                $"Seconds to wait: 0 where not given with limited and fresh, {RandomFields.DefaultRawTimeoutSeconds} with raw samples.",
                example: 5
            ),
            Choice("format", "json", "The body; wins over Accept.", "json", "bytes", "hex", "base64", "lines"),
            Flag("receipt", "With JSON only: a receipt of what was served, signed with the service's key (JWS, ES256)."),
            Number("rate", RatePace.Lowest, RatePace.Highest, otherwise: null, RateText, example: 65_536),
        ];
        operation.Responses = new OpenApiResponses
        {
            ["200"] = RandomValues(),
            ["400"] = ErrorOpenApi.Answer(
                "A parameter is refused; the message names it and its range.",
                $"length must be between 1 and {options.MaxLength}"
            ),
            ["403"] = ErrorOpenApi.Answer("Raw samples are not allowed here."),
            ["503"] = ErrorOpenApi.Answer(
                "No entropy now, or a receipt was asked for and cannot be signed; Retry-After says when to ask again.",
                example: null,
                StatusCodes.Status503ServiceUnavailable
            ),
        };
        return Task.CompletedTask;
    }

    // No maximum in the schema: it depends on format and Accept, and a wrong one would make generated clients refuse what is served.
    private static string LengthText(RandomnessOptions options) =>
        $"With JSON and lines the elements, 1 to {options.MaxLength}, with at most {options.MaxJsonBytes} random bytes behind them; "
        + $"with bytes, hex and base64 the bytes, 1 to {options.MaxBytes}.";

    private static OpenApiResponse RandomValues() =>
        new()
        {
            Description = "Random values.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new() { Schema = AnuObject(), Example = JsonNode.Parse(Example) },
                ["application/octet-stream"] = new()
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                },
                ["text/plain"] = new() { Schema = Schemas.Text() },
                ["application/jose+json"] = new()
                {
                    Schema = Schemas.Object([], ("payload", Schemas.Text()), ("protected", Schemas.Text()), ("signature", Schemas.Text())),
                },
            },
        };

    private static OpenApiSchema AnuObject() =>
        Schemas.Object(
            ["source", "conditioning", "state", "sources", "states", "receipt"],
            ("success", Schemas.Boolean),
            ("type", Schemas.Text("uint8", "uint16", "hex8", "hex16")),
            ("length", Schemas.Integer),
            ("size", Schemas.Integer),
            ("conditioned", Schemas.Boolean),
            ("source", Schemas.Text()),
            ("quality", Schemas.Text("drbg", "limited", "raw")),
            ("conditioning", Schemas.Text("vonneumann")),
            ("state", Schemas.Text()),
            ("sources", Schemas.Array(Schemas.Text())),
            ("states", Schemas.Array(Schemas.Text())),
            ("receipt", Schemas.Text()),
            ("data", Schemas.Array(new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.String }))
        );

    /// <summary>A query parameter that is a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">The smallest.</param>
    /// <param name="most">The largest, where that depends on nothing else.</param>
    /// <param name="otherwise">Where it is not given.</param>
    /// <param name="text">What it means.</param>
    /// <param name="example">A value, where none is in its place.</param>
    internal static OpenApiParameter Number(string name, long least, long? most, int? otherwise, string text, int? example = null) =>
        Parameter(
            name,
            text,
            new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = least.ToString(),
                Maximum = most?.ToString(),
                Default = otherwise is { } number ? JsonValue.Create(number) : null,
            },
            example
        );

    /// <summary>A query parameter that is one of a few words.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">Where it is not given; null where nothing stands for that.</param>
    /// <param name="text">What it means.</param>
    /// <param name="values">The words.</param>
    internal static OpenApiParameter Choice(string name, string? otherwise, string text, params string[] values) =>
        Parameter(
            name,
            text,
            new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. values.Select(value => (JsonNode)value)],
                Default = otherwise is null ? null : JsonValue.Create(otherwise),
            }
        );

    internal static OpenApiParameter Flag(string name, string text) =>
        Parameter(name, text, new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false });

    internal static OpenApiParameter Text(string name, string text, string? example = null) =>
        Parameter(name, text, new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = FieldValue.LongestText }, example);

    private static OpenApiParameter Parameter(string name, string text, OpenApiSchema schema, JsonNode? example = null) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = text,
            Schema = schema,
            Example = example,
        };
}
