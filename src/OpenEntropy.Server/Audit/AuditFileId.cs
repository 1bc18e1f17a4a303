using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenEntropy.Server.Audit;

/// <summary>Which file a path or a handle stands for, by device and inode, so that one that was put in another's place is told from it.</summary>
internal static unsafe partial class AuditFileId
{
    private const int Here = -100; // AT_FDCWD
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint Inode = 0x100; // STATX_INO
    private const int Bytes = 256; // struct statx, the same on every processor
    private const int InodeAt = 32; // stx_ino
    private const int DeviceAt = 136; // stx_dev_major, stx_dev_minor

    /// <summary>Whether a path still leads to the file that is open.</summary>
    /// <param name="path">The path.</param>
    /// <param name="file">The file.</param>
    /// <returns>Also true where the system does not say: other systems than Linux.</returns>
    public static bool IsAt(string path, SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return Find((int)file.DangerousGetHandle(), "", EmptyPath) is not { } open || Find(Here, path, 0) == open;
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    private static (ulong Device, ulong Inode)? Find(int folder, string path, int flags)
    {
        var status = stackalloc byte[Bytes];
        return Status(folder, path, flags, Inode, status) == 0 ? (*(ulong*)(status + DeviceAt), *(ulong*)(status + InodeAt)) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, byte* status);
}
