namespace OpenEntropy.Assessment.Recordings;

/// <summary>Files that only their owner reads, and that are there whole or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file beside the one to replace, waits until the device has it, and renames it.</summary>
    /// <param name="path">The file; its directory exists.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="IOException">The system refuses; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses; the file is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".part";
        File.Delete(temporary); // left by a program that ended in the middle; its permissions would stay
        try
        {
            Write(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Makes a file that is not there yet; what is written goes to the system at once.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It is there, or the system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = Create(path);
        file.Write(content);
        file.Flush(flushToDisk: true); // else a power cut after the rename may leave a file of the right name without its content
    }

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Why it could not be written says more than why it could not be removed; the next one removes it.
        }
    }
}
