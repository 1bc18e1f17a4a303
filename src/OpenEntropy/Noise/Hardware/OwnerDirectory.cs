namespace OpenEntropy.Noise.Hardware;

/// <summary>Directories that are their owner's alone, those above them that were missing too: the system would give these to everyone to read.</summary>
internal static class OwnerDirectory
{
    /// <summary>Makes what is missing of a path; what is there keeps its mode.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
            return;
        if (Path.GetDirectoryName(path) is { } parent)
            Create(parent);
        if (OperatingSystem.IsWindows())
            _ = Directory.CreateDirectory(path);
        else
            _ = Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
