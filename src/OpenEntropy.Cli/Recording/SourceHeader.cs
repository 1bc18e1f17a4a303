using System.Diagnostics;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Recording;

/// <summary>The header of a source's recording.</summary>
internal static class SourceHeader
{
    private const double NanosecondsPerSecond = 1e9;

    private static readonly Lazy<RecordingMachine> s_machine = new(RecordingMachine.ThisOne);

    /// <summary>The header, but for what writing sets.</summary>
    /// <param name="source">The source.</param>
    /// <param name="start">When the first sample was taken.</param>
    /// <param name="end">When the last was.</param>
    /// <param name="brokenOff">Why there are no more; null where there are as many as were asked for.</param>
    public static RecordingHeader Of(NoiseSourceInfo source, DateTimeOffset start, DateTimeOffset end, string? brokenOff = null) =>
        new()
        {
            Source = source.Name,
            Kind = RecordingKind.Raw,
            SampleBits = SampleSet.MaximumSymbolBits,
            Digitization = source.Digitization,
            Sequence = "The source's turns of about a millisecond or one slow operation; turns between them are missing.",
            BrokenOff = brokenOff,
            Machine = s_machine.Value,
            Clock = source.Clock,
            ClockStepNs = source.IsTimedByTickCounter ? TickCounter.Granularity * NanosecondsPerSecond / Stopwatch.Frequency : null,
            Start = start,
            End = end > start ? end : start, // the wall clock may be set meanwhile
            ProductVersion = typeof(EntropyPool).Assembly.GetName().Version!.ToString(3),
        };
}
