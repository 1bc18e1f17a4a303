using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;

namespace OpenEntropy.Server.Dashboard;

/// <summary>The events' entries in the OpenAPI document.</summary>
internal static class EventOpenApi
{
    /// <summary>What the events are.</summary>
    public const string Description =
        "Server-sent events for the live page, each with one JSON object: `hello` and `log` (the latest 200 lines, then each new one) at once, `status` and "
        + "`sources` at once and each second, `output` (32 bytes drawn for the page alone) at once and four times a second. At most 100 watch at once; one that "
        + "does not read for 10 seconds, or lets 64 KiB wait, is dropped.";

    /// <summary>What the history is.</summary>
    public const string HistoryDescription =
        "Means over even steps, the latest last; null where nothing is known, as where a source was not healthy. Output is drawn for the page each second "
        + "while somebody watches, otherwise every thirty seconds. For display: credit never uses these figures.";

    private const string Example =
        "event: output\ndata: {\"hex\":\"6f3ae94177be5de2130c7d239354fa718af0d4fa7a6f18cf6e4b71184ba57111\"}\n\n";

    /// <summary>Describes the answer of <c>/events</c>.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.Responses ??= [];
        operation.Responses["200"] = new OpenApiResponse
        {
            Description = "Events.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [EventRoute.ContentType] = new() { Schema = Schemas.Text(), Example = Example },
            },
        };
        return Task.CompletedTask;
    }

    /// <summary>Describes the parameters of <c>/events/history</c>.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="cancellation">Not used.</param>
    public static Task DescribeHistoryAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        operation.Parameters =
        [
            new OpenApiParameter
            {
                Name = "minutes",
                In = ParameterLocation.Query,
                Description = "How far back: points every 1, 5, 5, 30 or 120 seconds.",
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Enum = [5, 15, 60, 360, 1440],
                    Default = 5,
                },
            },
            new OpenApiParameter
            {
                Name = "source",
                In = ParameterLocation.Query,
                Description = "A noise source by its whole name; the whole where it is not given.",
                Schema = Schemas.Text(),
                Example = JsonValue.Create("sleep_jitter"),
            },
        ];
        return Task.CompletedTask;
    }
}
