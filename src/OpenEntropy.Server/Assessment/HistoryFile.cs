using System.Text.Json;
using System.Text.Json.Serialization;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Server.Assessment;

/// <summary>The histories on disk. A file that cannot be right is set aside and told of, never trusted in part.</summary>
/// <param name="directory">The storage directory.</param>
internal sealed class HistoryFile(string directory)
{
    private const int Version = 1;
    private const double MaximumBits = 8;

    /// <summary>The largest file that is read: a kilobyte for each assessment of a thousand sources would fit.</summary>
    private const long MaximumBytes = 64 << 20;

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(directory, "assessments.json");

    /// <summary>Where a damaged one is put; the last of them is kept.</summary>
    public string AsidePath { get; } = System.IO.Path.Combine(directory, "assessments.damaged.json");

    /// <summary>Reads the file.</summary>
    /// <param name="problem">One sentence where it could not be read or was set aside; null where all is well or there is none.</param>
    /// <returns>The histories; none after a problem.</returns>
    public Dictionary<string, SourceHistory> Load(out string? problem)
    {
        problem = null;
        try
        {
            if (!File.Exists(Path))
            {
                return Empty();
            }

            return TryParse(out var why) is { } sources ? sources : SetAside(why, out problem);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"the assessments so far cannot be read: {exception.Message}";
            return Empty();
        }
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="sources">The histories.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Save(IReadOnlyDictionary<string, SourceHistory> sources)
    {
        Directory.CreateDirectory(directory);
        var document = new HistoryDocument { Version = Version, Sources = new(sources, StringComparer.Ordinal) };
        PrivateFile.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(document, HistoryJson.Default.HistoryDocument));
    }

    private static Dictionary<string, SourceHistory> Empty() => new(StringComparer.Ordinal);

    private Dictionary<string, SourceHistory>? TryParse(out string why)
    {
        why = $"it has more than {MaximumBytes:N0} bytes";
        if (new FileInfo(Path).Length > MaximumBytes)
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(Path);
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
        history is { Figures.Count: > 0 }
        && history.Count >= history.Figures.Count
        && history.Figures.All(figure => figure is { MinEntropy: >= 0 and <= MaximumBits, Samples: > 0 })
        && history.Minimum >= 0
        && history.Minimum <= history.Figures.Min(figure => figure.MinEntropy);

    private Dictionary<string, SourceHistory> SetAside(string why, out string problem)
    {
        File.Move(Path, AsidePath, overwrite: true);
        problem = $"the assessments so far were damaged ({why.TrimEnd('.')}) and were set aside as {AsidePath}; they begin anew";
        return Empty();
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
