using System.Text;
using System.Text.Json;

namespace OpenEntropy.Server.Tests.Documentation;

/// <summary>The OpenAPI document as it is kept, which <see cref="OpenApiSnapshotTests"/> holds to be the service's.</summary>
internal static class KeptDocument
{
    /// <summary>Its text, lines ended by line feeds.</summary>
    public static string Text
    {
        get
        {
            using var file = typeof(KeptDocument).Assembly.GetManifestResourceStream("openapi.json")!;
            using var reader = new StreamReader(file, Encoding.UTF8);
            return reader.ReadToEnd().ReplaceLineEndings("\n");
        }
    }

    /// <summary>What an operation says.</summary>
    /// <param name="name">Its name.</param>
    public static JsonElement Operation(string name)
    {
        using var document = JsonDocument.Parse(Text);
        return document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Single(each => each.Value.GetProperty("operationId").GetString() == name)
            .Value.Clone();
    }

    /// <summary>The example of an answer in JSON.</summary>
    /// <param name="name">The operation.</param>
    /// <param name="status">The status.</param>
    public static JsonElement Answer(string name, int status) => Example(Operation(name).GetProperty("responses").GetProperty($"{status}"));

    /// <summary>The example of a request in JSON.</summary>
    /// <param name="name">The operation.</param>
    public static JsonElement Request(string name) => Example(Operation(name).GetProperty("requestBody"));

    private static JsonElement Example(JsonElement holder) =>
        holder.GetProperty("content").GetProperty("application/json").GetProperty("example");
}
