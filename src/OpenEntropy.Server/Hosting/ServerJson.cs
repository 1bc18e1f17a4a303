using System.Text.Json.Serialization;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Pool;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Server.Hosting;

/// <summary>How the service's bodies become JSON: members in snake_case, in the order they are declared.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(ProbeBody))]
[JsonSerializable(typeof(SourceBody))]
[JsonSerializable(typeof(SourceListBody))]
[JsonSerializable(typeof(PoolBody))]
internal sealed partial class ServerJson : JsonSerializerContext;
