using System.Diagnostics;
using System.Security.Cryptography;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Noise;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Assessment;

/// <summary>
/// Keeps two recordings of each source on disk: the latest, <c>NAME</c>, and beside it the one of the lowest figure, <c>NAME.lowest</c>, once the
/// latest is another.
/// </summary>
/// <param name="directory">The storage directory.</param>
/// <param name="keep">Whether anything is kept.</param>
/// <param name="history">Tells which figure is the lowest.</param>
internal sealed class RecordingShelf(string directory, bool keep, AssessmentHistory history)
{
    /// <summary>What follows the name of the recording behind the lowest figure.</summary>
    public const string Lowest = ".lowest";

    private const double NanosecondsPerSecond = 1e9;

    private readonly Lazy<RecordingMachine> _machine = new(RecordingMachine.ThisOne);

    /// <summary>Where the recordings are; null where none are kept.</summary>
    public string? Directory { get; } = keep ? Path.Combine(directory, "recordings") : null;

    /// <summary>SHA-256 of samples, as the header of a recording has it.</summary>
    /// <param name="samples">The samples.</param>
    public static string Hash(ReadOnlySpan<byte> samples) => Convert.ToHexStringLower(SHA256.HashData(samples));

    /// <summary>The samples of the latest recording of a source, as a path below the storage directory; null where none is kept.</summary>
    /// <param name="source">The source's name.</param>
    public string? Find(string source)
    {
        var file = source + ".bin";
        return Directory is not null && File.Exists(Path.Combine(Directory, file)) ? Path.Combine(Path.GetFileName(Directory), file) : null;
    }

    /// <summary>Keeps a recording in the place of the last, which is put beside it where it gave the lowest figure.</summary>
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
            StorageDirectory.Create(directory);
            StorageDirectory.Create(Directory);
            KeepLowest(source.Name);
            RecordingFile.Write(Path.Combine(Directory, source.Name), Header(source, start, end), samples);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AssessmentInputException)
        {
            return exception.Message;
        }
    }

    /// <summary>The recording on the shelf is about to be replaced. It is that of the latest figure unless nothing came of it.</summary>
    private void KeepLowest(string source)
    {
        var path = Path.Combine(Directory!, source);
        if (
            history.Find(source) is not { Latest: { Sha256: { } hash } latest } past
            || latest.MinEntropy > past.Minimum
            || !Holds(path, hash)
        )
        {
            return;
        }

        // Where the program ends between the two, header and samples do not fit, and reading tells.
        File.Move(path + ".bin", path + Lowest + ".bin", overwrite: true);
        File.Move(path + ".json", path + Lowest + ".json", overwrite: true);
    }

    private static bool Holds(string path, string hash)
    {
        try
        {
            return string.Equals(RecordingFile.Read(path).Header.Sha256, hash, StringComparison.OrdinalIgnoreCase);
        }
        catch (AssessmentInputException)
        {
            return false; // missing or damaged: nothing to keep
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
            Clock = source.Clock,
            ClockStepNs = source.IsTimedByTickCounter ? TickCounter.Granularity * NanosecondsPerSecond / Stopwatch.Frequency : null,
            Start = start,
            End = end > start ? end : start, // the wall clock may be set meanwhile
            ProductVersion = typeof(EntropyPool).Assembly.GetName().Version!.ToString(3),
        };
}
