using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Streaming;

/// <summary>The route's entry in the OpenAPI document: parsing works on the raw query string, so its parameters are listed by hand.</summary>
internal static class StreamOpenApi
{
    /// <summary>What the whole does.</summary>
    public const string Description =
        "Random bytes until the client closes the connection, the `length` is reached or the service stops. Nothing is drawn ahead of a client that does "
        + "not read. With `Accept: text/event-stream` they come as server-sent events: `id` counts from 1 on each connection, `data` is the base64 "
        + "or, with `format=hex`, the hexadecimal text of at most 3072 bytes, whole by itself. `conditioning=limited` goes on as the pool is filled; where "
        + "no block comes within `timeout` the connection is broken off, and nothing else is sent in its place. "
        + "A value out of its range, an unknown parameter and a repeated one are refused with 400, never repaired.";

    private const string EventExample = "id: 1\ndata: q83vASNFZ4mrze8BI0VniQ==\n\n";

    /// <summary>Adds parameters and answers.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.Parameters = Parameters();
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Stream(),
            ["400"] = ErrorOpenApi.Answer("A parameter is refused; the message names it and its range."),
            ["403"] = ErrorOpenApi.Answer("Raw samples are not allowed here."),
            ["503"] = ErrorOpenApi.NoEntropy,
        };
        return Task.CompletedTask;
    }

    private static IList<IOpenApiParameter> Parameters() =>
        [
            With(
                1_000_000,
                RandomOpenApi.Number(
                    "length",
                    1,
                    StreamRequest.MaxLength,
                    otherwise: null,
                    "Random bytes after which the stream ends; endless where not given."
                )
            ),
            With(
                "base64",
                RandomOpenApi.Choice(
                    "format",
                    otherwise: null,
                    "The encoding: bytes where not given, hex where Accept is text/plain, base64 with text/event-stream, where bytes is refused.",
                    "bytes",
                    "hex",
                    "base64"
                )
            ),
            With(
                "drbg",
                RandomOpenApi.Choice(
                    "conditioning",
                    "drbg",
                    "drbg: generator output (sha256 is an alias); limited: every output bit backed by credited entropy; vonneumann, raw: raw samples.",
                    "drbg",
                    "sha256",
                    "limited",
                    "vonneumann",
                    "raw"
                )
            ),
            RandomOpenApi.Flag("raw", "Untested raw samples, where the operator allows them; the same as conditioning=raw."),
            With(
                "hash_timing",
                RandomOpenApi.Text(
                    "source",
                    "With raw samples only: the noise sources, as names, categories and globs separated by commas, lower case. Several are XORed."
                )
            ),
            With(
                65_536,
                RandomOpenApi.Number(
                    "rate",
                    RatePace.Lowest,
                    RatePace.Highest,
                    otherwise: null,
                    "Random bytes per second at most, before they are written as text. As fast as the client reads where not given."
                )
            ),
            With(
                10,
                RandomOpenApi.Number(
                    "timeout",
                    0,
                    RandomFields.MaxTimeoutSeconds,
                    otherwise: null,
                    "Seconds to wait for the next limited bytes or raw samples, the first included: "
                        + $"{StreamRequest.DefaultLimitedTimeoutSeconds} where not given with limited, {RandomFields.DefaultRawTimeoutSeconds} with raw samples."
                )
            ),
        ];

    private static OpenApiResponse Stream() =>
        new()
        {
            Description = "Random bytes.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/octet-stream"] = new()
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                },
                ["text/plain"] = new() { Schema = Schemas.Text() },
                [StreamHeaders.Events] = new() { Schema = Schemas.Text(), Example = EventExample },
            },
        };

    private static OpenApiParameter With(JsonNode example, OpenApiParameter parameter)
    {
        parameter.Example = example;
        return parameter;
    }
}
