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
    /// parent and opens nothing, so it cannot see what an overlay lies on: that is for <see cref="Open(string, byte*)"/>.
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

    /// <summary>
    /// Opens the file past the page cache. What it lacks is written only once a read of its first block was seen to reach a device, and nothing that
    /// was written is taken away again: where no read ever does, as many openings as there may be write one block in all.
    /// </summary>
    /// <param name="path">The file. Missing directories are created, readable for the owner only; the file has mode 0600.</param>
    /// <param name="buffer">A block, aligned to its size; one read goes into it.</param>
    /// <returns>A descriptor.</returns>
    /// <exception cref="NoiseSourceException">The file cannot be had, or reads of it do not reach a device.</exception>
    public static int Open(string path, byte* buffer) => Open(path, descriptor => WhyNoDevice(descriptor, buffer));

    /// <summary>As the other, with another proof.</summary>
    internal static int Open(string path, Func<int, string?> whyNoDevice)
    {
        if (WhyMemoryOnly(path) is { } reason)
            throw new NoiseSourceException(reason);
        Write(path, blocks: 1);
        var descriptor = OpenPastPageCache(path, whyNoDevice);
        try
        {
            Write(path, DiskBlocks.Blocks);
            return descriptor;
        }
        catch (NoiseSourceException)
        {
            LinuxFiles.Close(descriptor);
            throw;
        }
    }

    private static int OpenPastPageCache(string path, Func<int, string?> whyNoDevice)
    {
        // File systems without a way past the page cache refuse the flag here.
        var descriptor = LinuxFiles.Open(path, LinuxFiles.ReadOnly | LinuxFiles.Direct | LinuxFiles.NoFollow);
        if (whyNoDevice(descriptor) is not { } reason)
            return descriptor;
        LinuxFiles.Close(descriptor);
        throw new NoiseSourceException($"{path}: {reason}");
    }

    private static void Write(string path, int blocks)
    {
        try
        {
            OwnerDirectory.Create(Path.GetDirectoryName(path)!);
            var flags = LinuxFiles.ReadWrite | LinuxFiles.Create | LinuxFiles.NoFollow;
            using var file = new SafeFileHandle(LinuxFiles.Open(path, flags, OwnerOnly), ownsHandle: true);
            DiskBlocks.Fill(file, blocks);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new NoiseSourceException($"{path} cannot be written: {cause.Message}", cause);
        }
    }

    /// <summary>
    /// tmpfs accepts O_DIRECT and serves it from memory, also beneath an overlay. The kernel's account of bytes this thread fetched from storage
    /// (proc(5), /proc/pid/io: read_bytes) tells whether a read left the page cache; where it keeps none, nothing is known and nothing is read.
    /// </summary>
    internal static string? WhyNoDevice(int descriptor, byte* buffer)
    {
        if (BytesFromStorage() is not { } before)
            return "the kernel keeps no account of storage reads, so none can be shown to reach a device";
        var read = LinuxFiles.ReadAt(descriptor, buffer, BlockBytes, 0);
        if (read != BlockBytes)
            return read < 0 ? LinuxFiles.Failed("a direct read").Message : $"a direct read gave {read} of {BlockBytes} bytes";
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
        catch (UnauthorizedAccessException)
        {
            // The file is root's where the process may not be dumped; the system call tells the same, in sectors.
            return ThreadUsage.BytesFromStorage();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
