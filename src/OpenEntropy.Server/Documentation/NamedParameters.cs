using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OpenEntropy.Server.Documentation;

/// <summary>Parameters that several routes have and that mean the same in each: described once.</summary>
internal static class NamedParameters
{
    private const string SourceText = "A noise source by its whole name; /sources lists them.";

    private static readonly Dictionary<(ParameterLocation In, string Name), (string Text, string Example)> s_known = new()
    {
        [(ParameterLocation.Path, "name")] = (SourceText, "sleep_jitter"),
        [(ParameterLocation.Path, "source")] = (SourceText, "sleep_jitter"),
        [(ParameterLocation.Path, "id")] = ("A bundle by its id.", "0123456789abcdef0123456789abcdef"),
        [(ParameterLocation.Path, "drill")] = ("A drill by its id; /drills lists them.", "1"),
        [(ParameterLocation.Query, "source")] = (SourceText, "sleep_jitter"),
        [(ParameterLocation.Query, "kind")] = ("What to make fail.", "stick"),
        [(ParameterLocation.Query, "seconds")] = ("How long, whole seconds.", "10"),
        [(ParameterLocation.Query, "before")] = ("Only bundles of a lower sequence number: next of the page before.", "41"),
        [(ParameterLocation.Query, "limit")] = ("How many at most, 1 to 100; 20 where it is not given.", "20"),
        [(ParameterLocation.Query, "select")] = ("A selection of noise sources.", "timing,dram_*"),
    };

    /// <summary>Adds description and example to those of an operation that have none.</summary>
    /// <param name="operation">The operation.</param>
    public static void Describe(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (s_known.TryGetValue((parameter.In ?? ParameterLocation.Query, parameter.Name ?? ""), out var known))
            {
                parameter.Description ??= known.Text;
                parameter.Example ??= JsonValue.Create(known.Example);
            }
        }
    }
}
