using System.Diagnostics;
using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Quick;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Trials;

namespace OpenEntropy.Cli.Sessions;

/// <summary>One recording of a session.</summary>
/// <param name="Name">The name of its files, without their extensions.</param>
/// <param name="Header">Its header; null where it cannot be read.</param>
/// <param name="Problem">Why it, or its samples, cannot be read; null where they can.</param>
/// <param name="Metrics">Entropy of its samples' histogram; null where the samples were not looked at or are too few.</param>
internal sealed record SessionEntry(string Name, RecordingHeader? Header, string? Problem, QuickMetrics? Metrics);

/// <summary>What is in the folder of a session.</summary>
internal static class SessionContent
{
    /// <summary>Reads the headers, in the order of the names.</summary>
    /// <param name="folder">The folder.</param>
    public static IReadOnlyList<SessionEntry> Headers(string folder) => [.. Names(folder).Select(name => Header(folder, name))];

    /// <summary>Reads headers and samples, which are compared with each other.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Shows which one is read.</param>
    /// <param name="end">Ends it between two recordings.</param>
    /// <exception cref="CommandFailureException">There is no recording.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<SessionEntry> Samples(string folder, ProgressLine progress, CancellationToken end)
    {
        if (!Directory.Exists(folder))
            throw new CommandFailureException($"{folder} is no folder: name a session, as 'openentropy sessions' lists them, or its path.");
        var names = Names(folder).ToList();
        if (names.Count == 0)
            throw new CommandFailureException($"{folder} holds no recording.");
        var (entries, start) = (new List<SessionEntry>(), Stopwatch.GetTimestamp());
        foreach (var name in names)
        {
            end.ThrowIfCancellationRequested();
            progress.Show($"{name} ({entries.Count + 1} of {names.Count}){TrialRound.Left(start, entries.Count, names.Count)}");
            entries.Add(Measured(folder, name));
        }

        return entries;
    }

    /// <summary>A file that has lost the other of its recording is named, too, and what is missing is told of it.</summary>
    private static IEnumerable<string> Names(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Where(path => Path.GetExtension(path) is ".bin" or ".json")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static SessionEntry Header(string folder, string name)
    {
        try
        {
            var path = Path.Combine(folder, name);
            var header = RecordingFile.ReadHeader(path);
            return new SessionEntry(name, header, File.Exists(path + ".bin") ? null : $"{path}.bin is missing.", Metrics: null);
        }
        catch (Exception exception) when (exception is AssessmentInputException or IOException or UnauthorizedAccessException)
        {
            return new SessionEntry(name, Header: null, exception.Message, Metrics: null);
        }
    }

    private static SessionEntry Measured(string folder, string name)
    {
        try
        {
            var recording = RecordingFile.Read(Path.Combine(folder, name));
            var samples = recording.Samples;
            return new SessionEntry(
                name,
                recording.Header,
                Problem: null,
                samples.Length >= QuickMetrics.FewestSamples ? QuickMetrics.Of(samples, recording.Header.SampleBits) : null
            );
        }
        catch (Exception exception) when (exception is AssessmentInputException or IOException or UnauthorizedAccessException)
        {
            return Header(folder, name) with { Problem = exception.Message };
        }
    }
}
