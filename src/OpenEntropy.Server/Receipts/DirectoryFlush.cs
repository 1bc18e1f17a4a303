using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Receipts;

/// <summary>A name in a directory outlives a power cut only once the directory itself is on the device (fsync(2)).</summary>
internal static partial class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>Waits until the device has the directory. Windows has no such call and needs none.</summary>
    /// <param name="path">The directory.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Wait(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, ReadOnly);
        var flushed = descriptor >= 0 && Sync(descriptor) == 0;
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (!flushed)
        {
            throw new IOException($"'{path}' cannot be flushed to its device");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
