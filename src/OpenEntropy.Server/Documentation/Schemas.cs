using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OpenEntropy.Server.Documentation;

/// <summary>Schemas of bodies that are written by hand, for the OpenAPI document.</summary>
internal static class Schemas
{
    /// <summary>A whole number.</summary>
    public static OpenApiSchema Integer => new() { Type = JsonSchemaType.Integer };

    /// <summary>True or false.</summary>
    public static OpenApiSchema Boolean => new() { Type = JsonSchemaType.Boolean };

    /// <summary>Text, one of these values where any are named.</summary>
    /// <param name="values">The values.</param>
    public static OpenApiSchema Text(params string[] values) =>
        new() { Type = JsonSchemaType.String, Enum = values.Length == 0 ? null : [.. values.Select(value => (JsonNode)value)] };

    /// <summary>Elements of one kind.</summary>
    /// <param name="items">The kind.</param>
    public static OpenApiSchema Array(IOpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    /// <summary>Members by name.</summary>
    /// <param name="optional">Members that may be absent.</param>
    /// <param name="members">All members, in their order.</param>
    public static OpenApiSchema Object(string[] optional, params (string Name, IOpenApiSchema Schema)[] members) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Properties = members.ToDictionary(member => member.Name, member => member.Schema, StringComparer.Ordinal),
            Required = members.Select(member => member.Name).Except(optional, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal),
        };
}
