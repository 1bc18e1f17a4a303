using System.Diagnostics;
using System.Security.Cryptography;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Noise;

namespace OpenEntropy.Server.Assessment;

/// <summary>Keeps the latest recording of each source on disk.</summary>
/// <param name="directory">The storage directory.</param>
/// <param name="keep">Whether anything is kept.</param>
internal sealed class RecordingShelf(string directory, bool keep)
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly Lazy<RecordingMachine> _machine = new(RecordingMachine.ThisOne);

    /// <summary>Where the recordings are; null where none are kept.</summary>
    public string? Directory { get; } = keep ? Path.Combine(directory, "recordings") : null;

    /// <summary>SHA-256 of samples, as the header of a recording has it.</summary>
    /// <param name="samples">The samples.</param>
    public static string Hash(ReadOnlySpan<byte> samples) => Convert.ToHexStringLower(SHA256.HashData(samples));

    /// <summary>Keeps a recording in the place of the last.</summary>
    /// <param name="source">The source.</param>
    /// <param name="samples">Its raw samples.</param>
    /// <param name="start">When the first was taken.</param>
    /// <param name="end">When the last was.</param>
    /// <returns>One sentence where it could not be kept; null where it was or nothing is.</returns>
    public string? Keep(NoiseSourceInfo source, ReadOnlySpan<byte> samples, DateTimeOffset start, DateTimeOffset end)
    {
        if (Directory is null)
        {
            return null;
        }

        if (source.Name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
        {
            return $"no file can be named '{source.Name}'";
        }

        try
        {
            Create(Directory);
            RecordingFile.Write(Path.Combine(Directory, source.Name), Header(source, start, end), samples);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AssessmentInputException)
        {
            return exception.Message;
        }
    }

    private static void Create(string directory)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(directory);
        }
        else
        {
            System.IO.Directory.CreateDirectory(directory, Owner);
        }
    }

    private RecordingHeader Header(NoiseSourceInfo source, DateTimeOffset start, DateTimeOffset end) =>
        new()
        {
            Source = source.Name,
            Kind = RecordingKind.Raw,
            SampleBits = SampleSet.MaximumSymbolBits,
            Digitization = source.Digitization,
            Sequence = "The source's turns of about a millisecond or one slow operation; at least every other turn is missing.",
            Machine = _machine.Value,
            Clock = $"The system's monotonic counter, {Stopwatch.Frequency} ticks a second.",
            ClockStepNs = TickCounter.Granularity * NanosecondsPerSecond / Stopwatch.Frequency,
            Start = start,
            End = end > start ? end : start, // the wall clock may be set meanwhile
            ProductVersion = typeof(EntropyPool).Assembly.GetName().Version!.ToString(3),
        };
}
