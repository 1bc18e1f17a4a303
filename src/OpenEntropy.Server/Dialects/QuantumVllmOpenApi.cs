using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Dialects;

/// <summary>quantum-vllm's routes in the OpenAPI document.</summary>
internal static class QuantumVllmOpenApi
{
    /// <summary>Adds the answer.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task DescribeCheckKeyAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Json(
                "What the key may do.",
                Schemas.Object([], ("capabilities", Schemas.Object([], ("qrng", Schemas.Boolean)))),
                new JsonObject { ["capabilities"] = new JsonObject { ["qrng"] = true } }
            ),
        };
        return Task.CompletedTask;
    }

    /// <summary>Adds the answers.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task DescribeLatestAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Json(
                $"{QuantumVllm.PayloadBytes} random bytes in base64, and the SHA-256 of those bytes in hexadecimal.",
                Schemas.Object(
                    [],
                    ("payload_b64", new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte" }),
                    ("payload_hash", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9a-f]{64}$" }),
                    ("cadence_ms", Schemas.Integer),
                    ("batch_closed_at", Moment()),
                    ("server_time", Moment())
                ),
                example: null
            ),
            ["503"] = ErrorOpenApi.NoEntropy,
        };
        return Task.CompletedTask;
    }

    private static OpenApiSchema Moment() =>
        new()
        {
            Type = JsonSchemaType.String,
            Format = "date-time",
            Examples = ["2026-01-02T03:04:05.678Z"],
        };

    private static OpenApiResponse Json(string text, OpenApiSchema schema, JsonNode? example) =>
        new()
        {
            Description = text,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new() { Schema = schema, Example = example },
            },
        };
}
