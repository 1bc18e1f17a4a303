using System.Text.Json.Serialization;

namespace OpenEntropy.Assessment.Recordings;

/// <summary>What was recorded. Only <see cref="Raw"/> says anything about a noise source.</summary>
[JsonConverter(typeof(RecordingKindConverter))]
public enum RecordingKind
{
    /// <summary>Samples as the noise source digitized them, before any conditioning (SP 800-90B, 3.1.1).</summary>
    [JsonStringEnumMemberName("raw")]
    Raw,

    /// <summary>Output of a conditioning component.</summary>
    [JsonStringEnumMemberName("conditioned")]
    Conditioned,

    /// <summary>Output of a generator.</summary>
    [JsonStringEnumMemberName("output")]
    Output,
}

/// <summary>Kinds by name alone: a number would be read as a kind that nobody wrote.</summary>
internal sealed class RecordingKindConverter() : JsonStringEnumConverter<RecordingKind>(namingPolicy: null, allowIntegerValues: false);
