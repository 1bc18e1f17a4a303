using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Values;

/// <summary>These routes' entries in the OpenAPI document, from the same list of parameters that requests are read by.</summary>
internal static class ValueOpenApi
{
    /// <summary>Adds parameters, body and answers.</summary>
    /// <param name="operation">The entry.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="kind">The values' kind.</param>
    /// <param name="withItems">Whether items, where the kind takes any, are a parameter; otherwise they are the body.</param>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, ValueKind kind, bool withItems)
    {
        var options = context.ApplicationServices.GetRequiredService<IOptions<RandomnessOptions>>().Value;
        operation.Parameters = [.. ValueFields.Of(kind, withItems).Select(field => Parameter(field, options))];
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Values(kind),
            ["400"] = ErrorOpenApi.Answer("A parameter is refused; the message names it and its range."),
            ["503"] = ErrorOpenApi.NoEntropy,
        };
        if (!withItems)
        {
            operation.RequestBody = Items();
            operation.Responses["413"] = ErrorOpenApi.Answer("The body is longer than the service reads.");
            operation.Responses["415"] = ErrorOpenApi.Answer("The body is not application/json in UTF-8.");
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Parameter(ValueField field, RandomnessOptions options)
    {
        var isText = field.Type == "string";
        return new()
        {
            Name = field.Name,
            In = ParameterLocation.Query,
            Required = field.Required,
            Description =
                field.Name == "count" ? $"{field.Text} With long values, fewer are allowed; the refusal says how many." : field.Text,
            Example = Json(field.Example),
            Schema = new OpenApiSchema
            {
                Type = TypeOf(field.Type),
                Format = field is { Type: "integer", Most: long.MaxValue } ? "int64" : null,
                Minimum = isText ? null : field.Least?.ToString(),
                Maximum = isText ? null : (field.Name == "count" ? options.MaxLength : field.Most)?.ToString(),
                MinLength = isText ? (int?)field.Least : null,
                MaxLength = isText ? (int?)field.Most : null,
                Default = Json(field.Default),
                Enum = field.Values.Count == 0 ? null : [.. field.Values.Select(value => isText ? (JsonNode)value : Json(value)!)],
            },
        };
    }

    private static OpenApiResponse Values(ValueKind kind) =>
        new()
        {
            Description = "The values.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new() { Schema = Body(kind), Example = Json(kind.ExampleAnswer) },
                ["text/plain"] = new() { Schema = Schemas.Text(), Example = Lines(kind.ExampleAnswer) },
            },
        };

    private static string Lines(string answer) => string.Concat(Json(answer)!["data"]!.AsArray().Select(element => $"{element}\n"));

    private static OpenApiSchema Body(ValueKind kind) =>
        Schemas.Object(
            ["proof", .. kind.Additions.Select(each => each.Name)],
            [
                ("success", Schemas.Boolean),
                ("type", Schemas.Text(kind.Name)),
                ("count", Schemas.Integer),
                .. kind.Echoes.Select(name => (name, (IOpenApiSchema)Echo(kind, name))),
                .. kind.Additions.Select(each => (each.Name, (IOpenApiSchema)Addition(each))),
                ("conditioned", Schemas.Boolean),
                ("quality", Schemas.Text("drbg", "limited")),
                ("proof", Schemas.Object([], ("bytes", Schemas.Text()), ("mapping", Schemas.Text()))),
                ("data", Schemas.Array(Told(kind.ElementType, quotable: kind.ElementType == "integer"))),
            ]
        );

    private static OpenApiSchema Echo(ValueKind kind, string name)
    {
        var field = kind.Fields.Single(each => each.Name == name);
        return Told(field.Type, quotable: field.Most == long.MaxValue);
    }

    private static OpenApiSchema Addition(ValueField field) => new() { Type = TypeOf(field.Type), Description = field.Text };

    // What is an integer of 64 bits may be told as a string.
    private static OpenApiSchema Told(string type, bool quotable) =>
        new() { Type = quotable ? TypeOf(type) | JsonSchemaType.String : TypeOf(type) };

    private static OpenApiRequestBody Items() =>
        new()
        {
            Required = true,
            Description = "The items.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        MinItems = 1,
                        MaxItems = ItemList.Most,
                        Items = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            MinLength = 1,
                            MaxLength = ItemList.LongestItem,
                        },
                    },
                    Example = Json("""["red","green","blue"]"""),
                },
            },
        };

    private static JsonSchemaType TypeOf(string type) =>
        type switch
        {
            "integer" => JsonSchemaType.Integer,
            "number" => JsonSchemaType.Number,
            "boolean" => JsonSchemaType.Boolean,
            _ => JsonSchemaType.String,
        };

    private static JsonNode? Json(string? text) => text is null ? null : JsonNode.Parse(text);
}
