using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Native.Text;

/// <summary>How texts for other languages are written: members in snake_case, in the order they are declared, all of them always there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(PoolStateNames), typeof(SourceStateNames), typeof(CategoryNames), typeof(OriginNames)]
)]
[JsonSerializable(typeof(HealthText))]
[JsonSerializable(typeof(SourcesText))]
internal sealed partial class NativeJson : JsonSerializerContext;

/// <summary>The form of the texts.</summary>
internal static class ReadableJson
{
    /// <summary>Leaves apostrophes and letters beyond ASCII as they are: the texts are never inside HTML.</summary>
    public static NativeJson Form { get; } =
        new(new JsonSerializerOptions(NativeJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>How texts from other languages are read: by the names of the configuration, in any case; what is not known is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 8
)]
[JsonSerializable(typeof(OpenRequest))]
[JsonSerializable(typeof(AssessRequest))]
internal sealed partial class RequestJson : JsonSerializerContext;

/// <summary>The pool's states by name.</summary>
internal sealed class PoolStateNames() : JsonStringEnumConverter<PoolState>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>A source's states by name.</summary>
internal sealed class SourceStateNames() : JsonStringEnumConverter<SourceState>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>The categories by name.</summary>
internal sealed class CategoryNames() : JsonStringEnumConverter<NoiseCategory>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>The origins by name.</summary>
internal sealed class OriginNames() : JsonStringEnumConverter<NoiseOrigin>(JsonNamingPolicy.SnakeCaseLower);
