using System.Security.Cryptography;
using System.Text.Json;

namespace OpenEntropy.Assessment.Recordings;

/// <summary>
/// Recordings on disk: <c>NAME.bin</c>, the samples alone, one a byte, as NIST's own tool reads them, and <c>NAME.json</c> beside it.
/// </summary>
public static class RecordingFile
{
    /// <summary>
    /// The longest recording that is written or read, samples: as many as an assessment takes of one bit each. Of wider ones it takes fewer,
    /// <see cref="SampleSet.MaximumBits"/> in bits.
    /// </summary>
    public const int MaximumSamples = SampleSet.MaximumBits;

    private const int MaximumHeaderBytes = 65_536;

    /// <summary>
    /// Writes both files, readable by their owner alone. Each is written under another name and then renamed, so that none is ever half there;
    /// where the program ends between the two, the header does not fit the bytes, and reading tells.
    /// </summary>
    /// <param name="path">The path, with or without <c>.bin</c>; its directory exists.</param>
    /// <param name="header">The header; number of samples and hash are set here.</param>
    /// <param name="samples">The samples, at least one.</param>
    /// <returns>The header as written.</returns>
    /// <exception cref="AssessmentInputException">The header or the samples would not be read again.</exception>
    public static RecordingHeader Write(string path, RecordingHeader header, ReadOnlySpan<byte> samples)
    {
        var files = RecordingPaths.Of(path);
        header = header with { Samples = samples.Length, Sha256 = Hash(samples) };
        RecordingCheck.Header(header, files);
        RecordingCheck.Samples(header, samples, files);
        var json = JsonSerializer.SerializeToUtf8Bytes(header, RecordingJson.Default.RecordingHeader);
        PrivateFile.Replace(files.Samples, samples);
        PrivateFile.Replace(files.Header, json);
        return header;
    }

    /// <summary>Reads the header alone, which is not compared with the samples.</summary>
    /// <param name="path">The path, with or without <c>.bin</c>.</param>
    /// <exception cref="AssessmentInputException">The header is missing or is none.</exception>
    public static RecordingHeader ReadHeader(string path) => ReadHeader(RecordingPaths.Of(path));

    /// <summary>A recording that is in no file.</summary>
    /// <param name="header">The header; number of samples and hash are set here.</param>
    /// <param name="samples">The samples, at least one; kept, not copied.</param>
    /// <exception cref="AssessmentInputException">The header does not fit the samples.</exception>
    public static Recording InMemory(RecordingHeader header, byte[] samples)
    {
        var files = RecordingPaths.Of(header.Source);
        header = header with { Samples = samples.Length, Sha256 = Hash(samples) };
        RecordingCheck.Header(header, files);
        RecordingCheck.Samples(header, samples, files);
        return new Recording(header, samples);
    }

    /// <summary>Reads both files and checks that the header tells the truth.</summary>
    /// <param name="path">The path, with or without <c>.bin</c>.</param>
    /// <exception cref="AssessmentInputException">A file is missing, empty, cut short or damaged, or the header does not fit the samples.</exception>
    public static Recording Read(string path)
    {
        var files = RecordingPaths.Of(path);
        var header = ReadHeader(files);
        var samples = ReadSamples(header, files);
        RecordingCheck.Samples(header, samples, files);
        var actual = Hash(samples);
        return actual == header.Sha256
            ? new Recording(header, samples)
            : throw new AssessmentInputException(
                $"{files.Samples} is not what its header tells of: its SHA-256 is {actual}, the header's {header.Sha256}."
            );
    }

    private static RecordingHeader ReadHeader(RecordingPaths files)
    {
        using var file = Open(files.Header, files);
        if (file.Length is 0 or > MaximumHeaderBytes)
            throw new AssessmentInputException(
                $"{files.Header} has {file.Length:N0} bytes: a recording's header has 1 to {MaximumHeaderBytes:N0}."
            );
        try
        {
            using var json = JsonDocument.Parse(file);
            RecordingCheck.Version(json.RootElement, files);
            var header = json.Deserialize(RecordingJson.Default.RecordingHeader)!;
            RecordingCheck.Header(header, files);
            return header;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An invalid operation is half of a surrogate pair in a text.
            throw new AssessmentInputException($"{files.Header} is not the header of a recording: {exception.Message}", exception);
        }
    }

    private static byte[] ReadSamples(RecordingHeader header, RecordingPaths files)
    {
        using var file = Open(files.Samples, files);
        RecordingCheck.Length(header, file.Length, files);
        var samples = GC.AllocateUninitializedArray<byte>(header.Samples);
        file.ReadExactly(samples);
        return samples;
    }

    private static FileStream Open(string path, RecordingPaths files)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AssessmentInputException(
                $"{path} is missing: a recording is {Path.GetFileName(files.Samples)} with {Path.GetFileName(files.Header)} beside it.",
                exception
            );
        }
    }

    private static string Hash(ReadOnlySpan<byte> samples) => Convert.ToHexStringLower(SHA256.HashData(samples));
}

/// <summary>The two files of a recording.</summary>
/// <param name="Samples">The bytes.</param>
/// <param name="Header">The JSON beside them.</param>
internal sealed record RecordingPaths(string Samples, string Header)
{
    public static RecordingPaths Of(string path)
    {
        var name = path.EndsWith(".bin", StringComparison.Ordinal) ? path[..^".bin".Length] : path;
        return new RecordingPaths(name + ".bin", name + ".json");
    }
}
