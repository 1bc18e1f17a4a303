using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace OpenEntropy.Server.Documentation;

/// <summary>
/// Answers of a running service, shortened, as examples in the OpenAPI document, from the files embedded of <c>Documentation/Examples</c>: <c>{operation}.json</c> is the
/// JSON of a success, <c>{operation}.{status}.json</c> that of another status, <c>bodies.json</c> holds what is not plain JSON, by operation and type, and
/// <c>refusals.json</c> the messages of refusals, by operation and status, <c>*</c> standing for those that several share.
/// </summary>
internal static class AnswerExamples
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";
    private const string Message = "message";
    private const string Shared = "*";

    private static readonly Lazy<JsonNode?> s_bodies = new(() => Read("bodies"));
    private static readonly Lazy<JsonNode?> s_refusals = new(() => Read("refusals"));

    /// <summary>Adds an example to every body that has none of its own.</summary>
    /// <param name="operation">The operation, with its name.</param>
    public static void AddTo(OpenApiOperation operation)
    {
        var name = operation.OperationId ?? "";
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response.Content is not { } content)
            {
                continue;
            }

            var isRefusal = content.ContainsKey(Problem);
            foreach (var (type, body) in content)
            {
                body.Example ??=
                    isRefusal ? null
                    : type != Json ? s_bodies.Value?[name]?[type]?.DeepClone()
                    : Read(status.StartsWith('2') ? name : $"{name}.{status}");
            }

            if (isRefusal)
            {
                AddRefusal(content, name, status);
            }
        }
    }

    // The two bodies say the same.
    private static void AddRefusal(IDictionary<string, OpenApiMediaType> content, string operation, string status)
    {
        var refusals = s_refusals.Value;
        var message = (content[Json].Example?[Message] ?? refusals?[operation]?[status] ?? refusals?[Shared]?[status])?.GetValue<string>();
        if (message is null)
        {
            return;
        }

        content[Json].Example ??= new JsonObject { ["success"] = false, [Message] = message };
        var number = int.Parse(status, CultureInfo.InvariantCulture);
        content[Problem].Example ??= new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = ReasonPhrases.GetReasonPhrase(number),
            ["status"] = number,
            ["detail"] = message,
        };
    }

    private static JsonNode? Read(string name)
    {
        using var file = typeof(AnswerExamples).Assembly.GetManifestResourceStream($"example.{name}.json");
        return file is null ? null : JsonNode.Parse(file);
    }
}
