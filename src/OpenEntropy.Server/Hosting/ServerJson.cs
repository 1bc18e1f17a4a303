using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Pool;
using OpenEntropy.Server.Receipts;
using OpenEntropy.Server.SelfTests;
using OpenEntropy.Server.Sources;

namespace OpenEntropy.Server.Hosting;

/// <summary>How the service's bodies become JSON: members in snake_case, in the order they are declared.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(ProbeBody))]
[JsonSerializable(typeof(SourceBody))]
[JsonSerializable(typeof(SourceListBody))]
[JsonSerializable(typeof(PoolBody))]
[JsonSerializable(typeof(IdentityBody))]
[JsonSerializable(typeof(BundleListBody))]
[JsonSerializable(typeof(VerificationBody))]
[JsonSerializable(typeof(BundleIdentityBody))]
[JsonSerializable(typeof(EvidenceBody))]
[JsonSerializable(typeof(AssessmentListBody))]
[JsonSerializable(typeof(AssessmentDetailBody))]
[JsonSerializable(typeof(AssessmentRequestBody))]
[JsonSerializable(typeof(AuditHeadBody))]
[JsonSerializable(typeof(DrillListBody))]
[JsonSerializable(typeof(DrillBody))]
[JsonSerializable(typeof(SelfTestListBody))]
internal sealed partial class ServerJson : JsonSerializerContext
{
    /// <summary>Leaves apostrophes and letters beyond ASCII as they are: the bodies are read on terminals, never inside HTML.</summary>
    public static ServerJson Readable { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
