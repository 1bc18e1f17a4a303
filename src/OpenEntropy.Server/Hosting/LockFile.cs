namespace OpenEntropy.Server.Hosting;

/// <summary>A file that one process at a time has open. It is empty and stays when it was used: a name that is taken away can be locked twice.</summary>
internal static class LockFile
{
    /// <summary>Opens it, for its owner alone where it is made.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Disposed of to let others in.</returns>
    /// <exception cref="IOException">Another process has it open, or the system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static FileStream Take(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
