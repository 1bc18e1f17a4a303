using System.Text.Json.Serialization;

namespace OpenEntropy.Server.Dashboard;

/// <summary>How events become JSON: on one line, with everything escaped that HTML knows, since pages show it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HelloBody))]
[JsonSerializable(typeof(LogBody))]
[JsonSerializable(typeof(OutputBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(SourcesBody))]
[JsonSerializable(typeof(HistoryBody))]
internal sealed partial class DashboardJson : JsonSerializerContext;
