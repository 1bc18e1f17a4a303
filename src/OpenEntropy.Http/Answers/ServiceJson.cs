using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenEntropy.Http.Answers;

/// <summary>The service's objects, whose members are written in snake case. One that is missing or null where it must not be is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ServiceHealth))]
[JsonSerializable(typeof(SourceStatus))]
[JsonSerializable(typeof(SourceList))]
[JsonSerializable(typeof(PoolStatus))]
[JsonSerializable(typeof(AssessmentList))]
[JsonSerializable(typeof(SourceAssessments))]
[JsonSerializable(typeof(AssessmentTicket))]
[JsonSerializable(typeof(BundleList))]
[JsonSerializable(typeof(BundleVerification))]
[JsonSerializable(typeof(BundleIdentities))]
internal sealed partial class ServiceJson : JsonSerializerContext;
