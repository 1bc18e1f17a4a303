using System.Text.Json;
using System.Text.Json.Serialization;
using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Assessment;

/// <summary>The histories on disk. A file that cannot be right is set aside and told of, never trusted in part.</summary>
/// <param name="directory">The storage directory.</param>
internal sealed class HistoryFile(string directory)
{
    private const int Version = 1;
    private const double MaximumBits = 8;
    private const int HashDigits = 64;

    /// <summary>More than one a minute for a thousand years.</summary>
    private const long MaximumCount = 1_000_000_000;

    /// <summary>The largest file that is read: a kilobyte for each assessment of a thousand sources would fit.</summary>
    private const long MaximumBytes = 64 << 20;

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(directory, "assessments.json");

    /// <summary>Where a damaged one is put; the last of them is kept.</summary>
    public string AsidePath { get; } = System.IO.Path.Combine(directory, "assessments.damaged.json");

    /// <summary>Reads the file.</summary>
    public LoadedHistory Load()
    {
        try
        {
            StorageDirectory.Check(directory);
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return TryParse(file, out var why) is { } sources
                ? new LoadedHistory(sources, LostBefore(), MayBeReplaced: true)
                : new LoadedHistory(Empty(), SetAside(why), MayBeReplaced: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new LoadedHistory(Empty(), LostBefore(), MayBeReplaced: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new LoadedHistory(
                Empty(),
                $"the assessments so far cannot be read, so that what they lowered is not lowered, and {Path} is not written over: no assessment outlives this process ({exception.Message.TrimEnd('.')})",
                MayBeReplaced: false
            );
        }
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="sources">The histories.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Save(IReadOnlyDictionary<string, SourceHistory> sources)
    {
        StorageDirectory.Create(directory);
        var document = new HistoryDocument { Version = Version, Sources = new(sources, StringComparer.Ordinal) };
        PrivateFile.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(document, HistoryJson.Default.HistoryDocument));
    }

    private static Dictionary<string, SourceHistory> Empty() => new(StringComparer.Ordinal);

    private static Dictionary<string, SourceHistory>? TryParse(FileStream file, out string why)
    {
        why = $"it has more than {MaximumBytes:N0} bytes";
        if (file.Length > MaximumBytes)
        {
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize(file, HistoryJson.Default.HistoryDocument) is not { } document)
            {
                why = "it is empty";
                return null;
            }

            why = document.Version == Version ? "it holds figures that cannot be" : $"it is of version {document.Version}";
            return document.Version == Version && document.Sources.Values.All(IsPlausible)
                ? new(document.Sources, StringComparer.Ordinal)
                : null;
        }
        catch (JsonException exception)
        {
            why = exception.Message;
            return null;
        }
    }

    private static bool IsPlausible(SourceHistory? history) =>
        history is { Figures.Count: > 0 and <= SourceHistory.Kept, Count: <= MaximumCount }
        && history.Count >= history.Figures.Count
        && history.Figures.All(IsPlausible)
        && history.Minimum >= 0
        && history.Minimum <= history.Figures.Min(figure => figure.MinEntropy);

    /// <summary>Also of what decides no credit: an infinite number is read, but could never be written again.</summary>
    private static bool IsPlausible(AssessedFigure? figure) =>
        figure
            is {
                MinEntropy: >= 0 and <= MaximumBits,
                HOriginal: null or (>= 0 and <= MaximumBits),
                HBitstring: null or (>= 0 and <= 1),
                Samples: > 0 and <= RecordingFile.MaximumSamples
            }
        && Enum.IsDefined(figure.Trigger)
        && (figure.Sha256 is null || (figure.Sha256.Length == HashDigits && figure.Sha256.All(char.IsAsciiHexDigit)));

    /// <summary>What an earlier run set aside is lost until somebody has looked at it, however often the service is started.</summary>
    private string? LostBefore() =>
        File.Exists(AsidePath)
            ? $"earlier assessments were damaged and stand in {AsidePath}; what they lowered is not lowered until it is assessed again. Removing the file ends this notice"
            : null;

    private string SetAside(string why)
    {
        File.Move(Path, AsidePath, overwrite: true);
        return $"the assessments so far were damaged ({why.TrimEnd('.')}) and were set aside as {AsidePath}, so that what they lowered is not lowered; they begin anew";
    }
}

/// <summary>What stands in the file.</summary>
internal sealed record HistoryDocument
{
    public required int Version { get; init; }

    public required Dictionary<string, SourceHistory> Sources { get; init; }
}

/// <summary>How it is written and read; nothing that is required may be missing, and nothing may stand there twice.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(HistoryDocument))]
internal sealed partial class HistoryJson : JsonSerializerContext;
