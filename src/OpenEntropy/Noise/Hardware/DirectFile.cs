using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// The file of <see cref="DiskBlocks"/> on Linux, and the proof that reading it reaches a device.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe class DirectFile
{
    private const int BlockBytes = DiskBlocks.BlockBytes;
    private const uint TmpFs = 0x01021994;
    private const uint RamFs = 0x858458F6;
    private const int OwnerOnly = 0x180; // 0600

    /// <summary>
    /// Why a file below a directory could not reach a device, in one clause; null where nothing speaks against it. Looks at the nearest existing
    /// parent and opens nothing, so it cannot see what an overlay lies on: that is for <see cref="Open"/>.
    /// </summary>
    public static string? WhyMemoryOnly(string directory)
    {
        var existing = directory;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        return LinuxFiles.FileSystem(existing) switch
        {
            TmpFs => $"{directory} is on tmpfs: reads there are served from memory",
            RamFs => $"{directory} is on ramfs: reads there are served from memory",
            _ => null,
        };
    }

    /// <summary>Writes the file where it is missing or has another size, and opens it past the page cache.</summary>
    /// <param name="path">The file. Missing directories are created, readable for the owner only; the file has mode 0600.</param>
    /// <param name="buffer">A block, aligned to its size; one read goes into it.</param>
    /// <returns>A descriptor.</returns>
    /// <exception cref="NoiseSourceException">The file cannot be had, or reads of it do not reach a device.</exception>
    public static int Open(string path, byte* buffer)
    {
        if (WhyMemoryOnly(path) is { } reason)
            throw new NoiseSourceException(reason);
        try
        {
            Write(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new NoiseSourceException($"{path} cannot be written: {cause.Message}", cause);
        }

        try
        {
            return OpenPastPageCache(path, buffer);
        }
        catch (NoiseSourceException cause)
        {
            if (WhyNotDeleted(path) is not { } rest)
                throw;
            throw new NoiseSourceException($"{cause.Message}; {rest}", cause);
        }
    }

    /// <summary>Deletes a file that is of no use where it is; why it is still there, in one clause, or null.</summary>
    private static string? WhyNotDeleted(string path)
    {
        try
        {
            File.Delete(path);
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return $"the file cannot be deleted: {cause.Message}";
        }
    }

    private static int OpenPastPageCache(string path, byte* buffer)
    {
        // File systems without a way past the page cache refuse the flag here.
        var descriptor = LinuxFiles.Open(path, LinuxFiles.ReadOnly | LinuxFiles.Direct | LinuxFiles.NoFollow);
        if (WhyNoDevice(descriptor, buffer) is not { } reason)
            return descriptor;
        LinuxFiles.Close(descriptor);
        throw new NoiseSourceException($"{path}: {reason}");
    }

    private static void Write(string path)
    {
        _ = Directory.CreateDirectory(
            Path.GetDirectoryName(path)!,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        var flags = LinuxFiles.ReadWrite | LinuxFiles.Create | LinuxFiles.NoFollow;
        using var file = new SafeFileHandle(LinuxFiles.Open(path, flags, OwnerOnly), ownsHandle: true);
        DiskBlocks.WriteWhereOfAnotherSize(file);
    }

    /// <summary>
    /// tmpfs accepts O_DIRECT and serves it from memory, also beneath an overlay. The kernel's account of bytes this thread fetched from storage
    /// (proc(5), /proc/pid/io: read_bytes) tells whether a read left the page cache; where it keeps none, nothing is known and nothing is read.
    /// </summary>
    internal static string? WhyNoDevice(int descriptor, byte* buffer)
    {
        if (BytesFromStorage() is not { } before)
            return "the kernel keeps no account of storage reads, so none can be shown to reach a device";
        if (LinuxFiles.ReadAt(descriptor, buffer, BlockBytes, 0) != BlockBytes)
            return LinuxFiles.Failed("a direct read").Message;
        return BytesFromStorage() - before >= BlockBytes ? null : "a direct read did not reach a device";
    }

    private static long? BytesFromStorage()
    {
        const string Field = "read_bytes: ";
        try
        {
            var line = File.ReadLines("/proc/thread-self/io").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.AsSpan(Field.Length), CultureInfo.InvariantCulture);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
