using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Assessment.Reports;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Analyze;

/// <summary>Finds what a path means: a recording, whose header is verified, or bare bytes.</summary>
internal static class SampleInput
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    private const string HeaderExtension = ".json";
    private const string SamplesExtension = ".bin";

    /// <summary>The recording that a path names; null where it names bare bytes.</summary>
    public static string? RecordingOf(AnalyzeRequest request)
    {
        var path = request.Path;
        if (path == StandardInput || request.IgnoresHeader || request.Source is not null)
            return null;
        if (path.EndsWith(HeaderExtension, StringComparison.Ordinal))
            return path[..^HeaderExtension.Length];
        var name = path.EndsWith(SamplesExtension, StringComparison.Ordinal) ? path[..^SamplesExtension.Length] : path;
        var isNamed = name != path || !Path.Exists(path); // by its .bin, or without either extension
        return isNamed && File.Exists(name + HeaderExtension) ? name : null;
    }

    /// <summary>Reads the samples and reports on them. They are read only once, and dropped as soon as they have been.</summary>
    /// <exception cref="AssessmentInputException">There is nothing at the path, or nothing to be said of it.</exception>
    /// <param name="request">What was asked for.</param>
    /// <param name="console">Where standard input is.</param>
    /// <param name="taken">What was recorded for it; null where it is to be read.</param>
    /// <param name="options">What the report is to hold.</param>
    public static AssessmentReport Report(
        AnalyzeRequest request,
        CommandConsole console,
        Assessment.Recordings.Recording? taken,
        ReportOptions options
    ) =>
        taken is not null ? AssessmentReport.Of(taken, options)
        : RecordingOf(request) is { } recording ? AssessmentReport.Of(RecordingFile.Read(recording), options)
        : AssessmentReport.Of(Bytes(request.Path, console), options);

    private static byte[] Bytes(string path, CommandConsole console)
    {
        if (path == StandardInput)
        {
            using var input = console.In();
            return ToItsEnd(input, "Standard input");
        }

        if (Directory.Exists(path))
            throw new AssessmentInputException($"{path} is a directory: name a file of samples, one a byte.");
        if (!File.Exists(path))
            throw new AssessmentInputException($"{path} does not exist: name a file of samples, one a byte, or - for standard input.");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return ToItsEnd(file, path);
    }

    /// <summary>Everything that comes, also from a pipe or a device, up to the longest recording.</summary>
    private static byte[] ToItsEnd(Stream stream, string name)
    {
        const int First = 1 << 20;
        var length = stream.CanSeek ? stream.Length : 0;
        if (length > RecordingFile.MaximumSamples)
            throw TooLong(name);
        // One byte more than there should be, so that the end is found without growing.
        var bytes = GC.AllocateUninitializedArray<byte>(length > 0 ? (int)length + 1 : First);
        var count = 0;
        for (int read; (read = stream.Read(bytes, count, bytes.Length - count)) > 0; )
        {
            count += read;
            if (count > RecordingFile.MaximumSamples)
                throw TooLong(name);
            if (count == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, RecordingFile.MaximumSamples + 1L));
        }

        Array.Resize(ref bytes, count);
        return bytes;
    }

    private static AssessmentInputException TooLong(string name) =>
        new($"{name} has more than {RecordingFile.MaximumSamples:N0} bytes, the most that are taken: cut it, with head -c for example.");
}
