using System.Security.Cryptography;

namespace OpenEntropy.Server.Receipts;

/// <summary>A file of the identity as it is read: its owner's alone, whole, and not taken for missing where it only cannot be reached.</summary>
internal static class OwnerFile
{
    private const UnixFileMode Foreign =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Whether others than the owner can get at something of this mode.</summary>
    /// <param name="mode">The mode.</param>
    public static bool IsForeign(UnixFileMode mode) => (mode & Foreign) != UnixFileMode.None;

    /// <summary>Whether there is a file, or anything else of that name: also a link that leads nowhere, as to a disk that is not mounted.</summary>
    /// <param name="path">The file.</param>
    public static bool Exists(string path) => Path.Exists(path) || IsLink(path);

    /// <summary>What changes where the file is written, replaced, removed, or given another mode.</summary>
    /// <param name="path">The file, or a directory, of which only the mode counts.</param>
    public static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length} {file.UnixFileMode}"
            : Directory.Exists(path) ? $"{new DirectoryInfo(path).UnixFileMode}"
            : file.LinkTarget ?? "";
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shown">Its name in messages.</param>
    /// <param name="longest">The most bytes it has.</param>
    /// <returns>Its bytes, pinned, for the caller to zero where they are secret; null where there is none.</returns>
    /// <exception cref="IdentityException">Others than the owner can get at the file, or it is empty or too long, or a link that leads nowhere.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static byte[]? Read(string path, string shown, int longest)
    {
        using var file = Open(path, shown);
        if (file is null)
        {
            return null;
        }

        if (!OperatingSystem.IsWindows() && IsForeign(File.GetUnixFileMode(file.SafeFileHandle)))
        {
            throw new IdentityException($"others than its owner can get at {shown}: take that away (chmod go-rwx)");
        }

        if (file.Length == 0 || file.Length > longest)
        {
            throw new IdentityException($"{shown} is damaged: it has {file.Length} bytes; restore it");
        }

        var content = GC.AllocateUninitializedArray<byte>((int)file.Length, pinned: true);
        try
        {
            file.ReadExactly(content);
            return content;
        }
        catch
        {
            CryptographicOperations.ZeroMemory(content);
            throw;
        }
    }

    // Only what the system says is not there is missing, and no link: anything else is not to be written over.
    private static FileStream? Open(string path, string shown)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return IsLink(path)
                ? throw new IdentityException($"{shown} is a link that leads nowhere: mount or restore what it leads to")
                : null;
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
