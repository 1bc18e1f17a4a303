using OpenEntropy.Assessment;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Cli.Recording;

/// <summary>Which folders are sessions.</summary>
internal static class SessionCheck
{
    /// <summary>Whether a folder holds recordings and nothing else, so that it may be replaced: files of samples, each with a header that can be read.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool HasNothingElse(string folder)
    {
        var names = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
        return names.Count > 0
            && names.All(name =>
                Path.GetExtension(name) switch
                {
                    ".bin" => names.Contains(Path.ChangeExtension(name, ".json")),
                    ".json" => names.Contains(Path.ChangeExtension(name, ".bin")) && IsHeader(Path.Combine(folder, name)),
                    _ => false,
                }
            );
    }

    /// <summary>Whether a folder holds the header of a recording, so that it is a session, whatever became of the rest.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool HasRecording(string folder) => Directory.EnumerateFiles(folder, "*.json").Any(IsHeader);

    private static bool IsHeader(string path)
    {
        try
        {
            _ = RecordingFile.ReadHeader(Path.ChangeExtension(path, null));
            return true;
        }
        catch (AssessmentInputException)
        {
            return false;
        }
    }
}
