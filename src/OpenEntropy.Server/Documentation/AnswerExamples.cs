using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OpenEntropy.Server.Documentation;

/// <summary>Answers of a running service, shortened, as examples in the OpenAPI document: the embedded files <c>Documentation/Examples/{operation}.json</c>.</summary>
internal static class AnswerExamples
{
    private const string Json = "application/json";

    /// <summary>Adds the example of an operation's success, where there is a file and the operation has none of its own.</summary>
    /// <param name="operation">The operation, with its name.</param>
    public static void AddTo(OpenApiOperation operation)
    {
        var success = operation.Responses?.FirstOrDefault(response => response.Key.StartsWith('2')).Value;
        if (success?.Content is { } content && content.TryGetValue(Json, out var body) && body.Example is null)
        {
            body.Example = Read(operation.OperationId);
        }
    }

    private static JsonNode? Read(string? operation)
    {
        using var file = typeof(AnswerExamples).Assembly.GetManifestResourceStream($"example.{operation}.json");
        return file is null ? null : JsonNode.Parse(file);
    }
}
