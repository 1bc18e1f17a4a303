using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Receipts;

/// <summary>The directory of the service's identity: for its owner alone, and for one process at a time, since two that count for themselves would give one number twice.</summary>
/// <param name="storage">The storage directory.</param>
internal sealed class IdentityDirectory(string storage) : IDisposable
{
    /// <summary>Its name below the storage directory.</summary>
    public const string Name = "identity";

    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lock _preparing = new();
    private FileStream? _lock;

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(storage, Name);

    /// <summary>Where a file of it is.</summary>
    /// <param name="name">The file's name.</param>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes it where there is none, and keeps other processes out.</summary>
    /// <exception cref="IdentityException">Others than the owner can get at it, or another process uses it.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Prepare()
    {
        StorageDirectory.Create(storage);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, OwnerAlone);
            if (OwnerFile.IsForeign(File.GetUnixFileMode(Path)))
            {
                throw new IdentityException($"others than its owner can get at the directory {Name}: take that away (chmod go-rwx)");
            }
        }

        lock (_preparing)
        {
            _lock ??= Lock();
        }
    }

    /// <summary>Waits until what was written into it is on the device, its own entry included.</summary>
    public void Flush()
    {
        DirectoryFlush.Wait(Path);
        DirectoryFlush.Wait(storage);
    }

    /// <summary>Lets other processes in.</summary>
    public void Dispose() => _lock?.Dispose();

    private FileStream Lock()
    {
        try
        {
            return LockFile.Take(PathOf("lock"));
        }
        catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IdentityException($"the directory {Name} is in use by another process, or cannot be locked");
        }
    }
}
