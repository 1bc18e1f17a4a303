using System.Diagnostics;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Recordings;

/// <summary>Where recordings are written.</summary>
/// <param name="path">The directory, which is made where it is missing.</param>
internal sealed class RecordingFolder(string path)
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly RecordingMachine _machine = RecordingMachine.ThisOne();

    /// <summary>Writes a recording and the measurements behind it.</summary>
    /// <param name="recording">At least one sample.</param>
    /// <returns>The path, without an extension.</returns>
    public string Write(SourceRecording recording)
    {
        _ = Directory.CreateDirectory(path);
        var name = Path.Combine(path, recording.Source.Name);
        var header = RecordingFile.Write(name, Header(recording), recording.Samples);
        if (recording.Measurements is { } measurements)
            _ = WideRecordingFile.Write(name, WideHeader(recording, header), measurements);
        return name;
    }

    private static double? StepTicks(NoiseSourceInfo source) => source.IsTimedByTickCounter ? TickCounter.Granularity : null;

    private RecordingHeader Header(SourceRecording recording)
    {
        var source = recording.Source;
        return new RecordingHeader
        {
            Source = source.Name,
            Kind = RecordingKind.Raw,
            SampleBits = SampleSet.MaximumSymbolBits,
            Digitization = source.Digitization,
            Sequence = Sequence(recording),
            Machine = _machine,
            Clock = source.Clock,
            ClockStepNs = StepTicks(source) * NanosecondsPerSecond / Stopwatch.Frequency,
            Start = recording.Start,
            End = recording.End,
            ProductVersion = typeof(EntropyPool).Assembly.GetName().Version!.ToString(3),
        };
    }

    private static WideRecordingHeader WideHeader(SourceRecording recording, RecordingHeader header) =>
        new()
        {
            Source = header.Source,
            Samples = header.Samples,
            Unit = recording.Source.IsTimedByTickCounter ? WideRecordingHeader.Ticks : null,
            TicksPerSecond = recording.Source.IsTimedByTickCounter ? Stopwatch.Frequency : null,
            StepTicks = StepTicks(recording.Source),
            Digitization = header.Digitization,
            Sequence = Sequence(recording),
            Machine = header.Machine,
            Clock = header.Clock,
            Start = header.Start,
            End = header.End,
            ProductVersion = header.ProductVersion,
            SamplesSha256 = header.Sha256,
            Sha256 = "",
        };

    private static string Sequence(SourceRecording recording) =>
        recording.Shortfall is { } why ? $"{recording.Sequence} It is shorter than was asked for: {why}." : recording.Sequence;
}
