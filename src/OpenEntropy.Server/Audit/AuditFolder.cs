using OpenEntropy.Server.Health;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Audit;

/// <summary>The directory of the log: for its owner alone, and for one process at a time.</summary>
/// <param name="storage">The storage directory.</param>
/// <param name="disk">The file system.</param>
internal sealed class AuditFolder(string storage, AuditDisk disk) : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path = System.IO.Path.Combine(storage, AuditFiles.Folder);
    private FileStream? _lock;

    /// <summary>Makes it where there is none, and keeps other processes out.</summary>
    /// <exception cref="AuditException">Others than its owner can get at it, or another process uses it.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Prepare()
    {
        StorageDirectory.Create(storage);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_path);
        }
        else if (!Directory.Exists(_path))
        {
            Directory.CreateDirectory(_path, OwnerAlone | UnixFileMode.UserExecute);
            disk.SyncDirectory(storage);
        }
        else if (OwnerFile.IsForeign(File.GetUnixFileMode(_path)))
        {
            throw new AuditException($"others than its owner can get at the directory {AuditFiles.Folder}: take that away (chmod go-rwx)");
        }

        if (_lock is not null && !Has(AuditFiles.LockName))
        {
            _lock.Dispose(); // removed: it would keep nobody out
            _lock = null;
        }

        _lock ??= Lock();
    }

    /// <summary>Where a file is.</summary>
    /// <param name="name">Its name.</param>
    public string PathOf(string name) => System.IO.Path.Combine(_path, name);

    /// <summary>The files, the oldest first.</summary>
    public IReadOnlyList<string> Files() => AuditFiles.In(_path);

    /// <summary>Waits until the device has the names.</summary>
    public void Sync() => disk.SyncDirectory(_path);

    /// <summary>Removes a file, and waits until the device knows.</summary>
    /// <param name="path">The file.</param>
    public void Delete(string path)
    {
        disk.Delete(path);
        Sync();
    }

    /// <summary>Cuts a file, and waits until the device knows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">What stays, bytes.</param>
    public void Cut(string path, long length)
    {
        using var file = Open(path);
        disk.Cut(file, length);
        disk.Sync(file);
    }

    /// <summary>The damaged files that are still there, each with the one that goes on after it.</summary>
    public IReadOnlyList<(string Damaged, string Next)> Damaged() =>
        [
            .. from file in Files()
            let first = AuditLineReader.Read(AuditTail.FirstLine(file))
            where first is { Entry.Subject: not null } && first.Entry.Act == StateNames<AuditAct>.Of(AuditAct.LogDamaged)
            select (first.Entry.Subject, System.IO.Path.GetFileName(file)),
        ];

    /// <summary>What operators are told of a damaged file.</summary>
    /// <param name="file">It, and the one that goes on after it.</param>
    public static string Sentence((string Damaged, string Next) file) =>
        $"the audit log was damaged in {file.Damaged} and goes on in {file.Next}: openentropy audit verify tells more, and moving the damaged file away ends this notice";

    /// <summary>Whether a file is there.</summary>
    /// <param name="name">Its name.</param>
    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>Opens a file of the log to write, which others may read meanwhile.</summary>
    /// <param name="path">The file.</param>
    public static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerAlone;
        }

        return new FileStream(path, options);
    }

    /// <summary>Lets other processes in.</summary>
    public void Dispose() => _lock?.Dispose();

    private FileStream Lock()
    {
        var path = PathOf(AuditFiles.LockName);
        var isThere = File.Exists(path);
        try
        {
            return LockFile.Take(path);
        }
        catch (IOException exception)
            when (isThere && exception is not (FileNotFoundException or DirectoryNotFoundException) && !AuditDisk.IsFull(exception))
        {
            throw new AuditException($"the directory {AuditFiles.Folder} is in use by another process, or cannot be locked");
        }
    }
}
