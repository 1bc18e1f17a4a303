using System.Text.Json.Serialization;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Evidence.Recordings;

/// <summary>What stands beside the measurements behind a recording, in <c>NAME.wide.json</c>.</summary>
internal sealed record WideRecordingHeader
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What measurements are written as: 8 bytes each, two's complement, the least significant byte first.</summary>
    public const string Int64LittleEndian = "int64-le";

    /// <summary>A measurement's unit where it is a duration.</summary>
    public const string Ticks = "ticks";

    /// <summary>The version of the format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>How a measurement is written.</summary>
    public string Format { get; init; } = Int64LittleEndian;

    /// <summary>Number of measurements, one for each sample of the recording, in the same order.</summary>
    public required int Samples { get; init; }

    /// <summary>What a measurement counts: <see cref="Ticks"/> of the clock, or null: what the digitization says.</summary>
    public string? Unit { get; init; }

    /// <summary>Ticks a second; null where the unit is another.</summary>
    public double? TicksPerSecond { get; init; }

    /// <summary>
    /// The clock's step in ticks, by which measurements were divided before the low byte was taken; not always whole. Null where the unit is another.
    /// </summary>
    public double? StepTicks { get; init; }

    /// <summary>How a measurement became a sample, one sentence.</summary>
    public required string Digitization { get; init; }

    /// <summary>How the measurements follow each other, one sentence.</summary>
    public required string Sequence { get; init; }

    /// <summary>The machine it was recorded on.</summary>
    public required RecordingMachine Machine { get; init; }

    /// <summary>The clock that was read; null where none was.</summary>
    public string? Clock { get; init; }

    /// <summary>When the first measurement was taken, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When the last was, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The version of the program that recorded.</summary>
    public required string ProductVersion { get; init; }

    /// <summary>SHA-256 of <c>NAME.bin</c>, the samples that these measurements became.</summary>
    public required string SamplesSha256 { get; init; }

    /// <summary>SHA-256 of <c>NAME.wide.bin</c>.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>How headers become JSON and are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(WideRecordingHeader))]
internal sealed partial class WideRecordingJson : JsonSerializerContext;
