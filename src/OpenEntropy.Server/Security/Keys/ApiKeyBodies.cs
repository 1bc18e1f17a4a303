using System.Text.Json.Serialization;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>The file of keys.</summary>
internal sealed record ApiKeyListBody
{
    public required int Version { get; init; }

    public required IReadOnlyList<ApiKeyBody> Keys { get; init; }
}

/// <summary>A key in the file.</summary>
internal sealed record ApiKeyBody
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset? Expires { get; init; }

    public required DateTimeOffset? Revoked { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string Hash { get; init; }
}

/// <summary>How the files of the keys become JSON. What is not known in them is a damage, and so is what stands there twice.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    WriteIndented = true
)]
[JsonSerializable(typeof(ApiKeyListBody))]
[JsonSerializable(typeof(Dictionary<string, DateTimeOffset>))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
