using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>As much of JSON Schema 2020-12 as the schema of bundles uses; a keyword that is not known here fails, so that none is passed over.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly HashSet<string> s_prose = ["$schema", "title", "description", "$defs"];

    /// <summary>What does not conform, with its place; empty where all does.</summary>
    public IEnumerable<string> Check(JsonElement value) => Check(value, root, "");

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string where) =>
        schema
            .EnumerateObject()
            .Where(keyword => !s_prose.Contains(keyword.Name))
            .SelectMany(keyword => Check(value, schema, keyword, where));

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, JsonProperty keyword, string where)
    {
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref":
                var target = root;
                foreach (var name in rule.GetString()!.Split('/')[1..])
                {
                    target = target.GetProperty(name);
                }

                return Check(value, target, where);
            case "properties":
                return value.ValueKind != JsonValueKind.Object
                    ? []
                    : value
                        .EnumerateObject()
                        .Where(member => rule.TryGetProperty(member.Name, out _))
                        .SelectMany(member => Check(member.Value, rule.GetProperty(member.Name), $"{where}/{member.Name}"));
            case "items":
                return value.ValueKind != JsonValueKind.Array
                    ? []
                    : value.EnumerateArray().SelectMany((item, index) => Check(item, rule, $"{where}/{index}"));
            default:
                return Holds(value, schema, keyword) ? [] : [$"{where}: {keyword}"];
        }
    }

    private static bool Holds(JsonElement value, JsonElement schema, JsonProperty keyword)
    {
        var rule = keyword.Value;
        return keyword.Name switch
        {
            "type" => rule.ValueKind == JsonValueKind.Array
                ? rule.EnumerateArray().Any(type => IsOf(value, type.GetString()!))
                : IsOf(value, rule.GetString()!),
            "const" => JsonElement.DeepEquals(value, rule),
            "enum" => rule.EnumerateArray().Any(each => JsonElement.DeepEquals(value, each)),
            "required" => rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "additionalProperties" => value
                .EnumerateObject()
                .All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _)),
            "minItems" => value.GetArrayLength() >= rule.GetInt32(),
            "maxItems" => value.GetArrayLength() <= rule.GetInt32(),
            "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() <= rule.GetInt32(),
            "minimum" => value.GetDouble() >= rule.GetDouble(),
            "pattern" => Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.None, s_patience),
            _ => throw new NotSupportedException(keyword.Name),
        };
    }

    private static bool IsOf(JsonElement value, string type) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => throw new NotSupportedException(type),
        };
}
