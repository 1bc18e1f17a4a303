namespace OpenEntropy.Assessment.Recordings;

/// <summary>Files that only their owner reads, and that are there whole or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file beside the one to replace and renames it.</summary>
    /// <param name="path">The file; its directory exists.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="IOException">The system refuses; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses; the file is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".part";
        File.Delete(temporary); // left by a program that ended in the middle; its permissions would stay
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
            file.Write(content);
        File.Move(temporary, path, overwrite: true);
    }
}
