using System.Text.Json.Serialization;

namespace OpenEntropy.Assessment.Recordings;

/// <summary>What stands beside the bytes of a recording, in <c>NAME.json</c>.</summary>
public sealed record RecordingHeader
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>What was recorded.</summary>
    public required RecordingKind Kind { get; init; }

    /// <summary>Width of a sample, 1 to 8 bits; each stands in the low bits of a byte of its own.</summary>
    public required int SampleBits { get; init; }

    /// <summary>Number of samples, and of bytes. Writing sets it.</summary>
    public int Samples { get; init; }

    /// <summary>How a measurement became a sample, one sentence.</summary>
    public required string Digitization { get; init; }

    /// <summary>
    /// How the samples follow each other: consecutive, or the turns of a source that shares a machine with others, of which some are missing; one
    /// sentence. Null where it is not known.
    /// </summary>
    public string? Sequence { get; init; }

    /// <summary>Why it ended before it had what was asked for, one sentence; null, and not written, where it has all. The samples it has are good.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BrokenOff { get; init; }

    /// <summary>The machine it was recorded on.</summary>
    public required RecordingMachine Machine { get; init; }

    /// <summary>The clock that durations were measured with; null where none was.</summary>
    public string? Clock { get; init; }

    /// <summary>The clock's step, nanoseconds.</summary>
    public double? ClockStepNs { get; init; }

    /// <summary>When the first sample was taken, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When the last sample was taken, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The version of the program that recorded.</summary>
    public required string ProductVersion { get; init; }

    /// <summary>SHA-256 of the bytes, 64 lower-case hexadecimal digits. Writing sets it.</summary>
    public string Sha256 { get; init; } = "";
}

/// <summary>How headers become JSON and are read: members in snake_case, none of the required ones missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(RecordingHeader))]
internal sealed partial class RecordingJson : JsonSerializerContext;
