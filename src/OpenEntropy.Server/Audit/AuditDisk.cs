using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Audit;

/// <summary>What the log asks of the file system, one method for each thing that can fail; tests fail there.</summary>
internal class AuditDisk
{
    /// <summary>Writes bytes at a place of a file.</summary>
    /// <exception cref="IOException">The system refuses; some of them may be there.</exception>
    public virtual void Write(FileStream file, ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(file.SafeFileHandle, bytes, at);

    /// <summary>Waits until the device has a file.</summary>
    /// <exception cref="IOException">The system refuses; what was written may be there or not.</exception>
    public virtual void Sync(FileStream file) => RandomAccess.FlushToDisk(file.SafeFileHandle);

    /// <summary>Cuts a file.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public virtual void Cut(FileStream file, long length) => RandomAccess.SetLength(file.SafeFileHandle, length);

    /// <summary>Waits until the device has the names in a directory.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public virtual void SyncDirectory(string path) => DirectoryFlush.Wait(path);

    /// <summary>Removes a file.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Whether the system refuses as no space is left (ENOSPC, EDQUOT; ERROR_DISK_FULL).</summary>
    /// <param name="exception">What it says.</param>
    public static bool IsFull(Exception exception) => exception is IOException && (exception.HResult & 0xffff) is 28 or 122 or 112;
}
