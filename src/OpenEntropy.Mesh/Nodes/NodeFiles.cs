using System.Security.Cryptography;

namespace OpenEntropy.Mesh.Nodes;

/// <summary>The files of the node: for their owner alone, each whole or not at all.</summary>
/// <param name="directory">An existing directory that is its owner's alone, and one process's at a time.</param>
/// <param name="flush">Waits until the device has the directory; null where the platform has no such call.</param>
internal sealed class NodeFiles(string directory, Action<string>? flush)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="longest">The most bytes it has.</param>
    /// <returns>Its bytes, pinned, the caller's to zero where they are secret; null where there is none.</returns>
    /// <exception cref="NodeStorageException">Others than its owner can get at it, or it is empty or too long.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public byte[]? Read(string name, int longest)
    {
        if (!Exists(name))
            return null;
        using var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~Owner) != UnixFileMode.None)
            throw new NodeStorageException($"others than its owner can get at {name}: take that away (chmod go-rwx)");
        if (file.Length == 0 || file.Length > longest)
            throw new NodeStorageException($"{name} is damaged: it has {file.Length} bytes, not 1 to {longest}; restore it");
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

    /// <summary>Writes a file beside the one to replace, waits until the device has it, and renames it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Replace(string name, ReadOnlySpan<byte> content)
    {
        var unfinished = PathOf(name + ".part");
        File.Delete(unfinished); // left by a process that ended in the middle
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, PathOf(name), overwrite: true);
        flush?.Invoke(directory);
    }

    /// <summary>Whether there is a file, or anything else of that name: also a link that leads nowhere, as to a disk that is not mounted.</summary>
    /// <param name="name">Its name.</param>
    public bool Exists(string name) => Path.Exists(PathOf(name)) || new FileInfo(PathOf(name)).LinkTarget is not null;

    private string PathOf(string name) => Path.Combine(directory, name);
}
