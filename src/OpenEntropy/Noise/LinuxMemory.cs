using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>What Linux does with pages beyond <see cref="PosixMemory"/>, for sources that measure pages or need one of a certain protection.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxMemory
{
    private const int Execute = 4; // PROT_EXEC
    private const int Shared = 0x01; // MAP_SHARED
    private const int SharedPopulate = Shared | 0x8000; // MAP_SHARED | MAP_POPULATE
    private const int DontNeed = 4; // MADV_DONTNEED
    private const int NoHugePage = 15; // MADV_NOHUGEPAGE

    /// <summary>Maps memory shared with the kernel or a device, readable and writable. See mmap(2).</summary>
    /// <param name="file">The descriptor it belongs to.</param>
    /// <param name="offset">Which part of it.</param>
    /// <param name="length">Bytes; the kernel rounds up to whole pages.</param>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static byte* MapShared(int file, nint offset, nuint length)
    {
        var address = PosixMemory.MMap(null, length, PosixMemory.Read | PosixMemory.Write, SharedPopulate, file, offset);
        return (nint)address == -1 ? throw PosixMemory.Failed("mmap") : (byte*)address;
    }

    /// <summary>Maps a buffer of a device, readable and writable and shared with it. See mmap(2).</summary>
    /// <param name="file">The descriptor it belongs to.</param>
    /// <param name="offset">Which part of it.</param>
    /// <param name="length">Bytes; the kernel rounds up to whole pages.</param>
    /// <returns>Its address; null where the kernel refuses, with the cause as the last P/Invoke error.</returns>
    public static byte* TryMapShared(int file, nint offset, nuint length)
    {
        var address = PosixMemory.MMap(null, length, PosixMemory.Read | PosixMemory.Write, Shared, file, offset);
        return (nint)address == -1 ? null : (byte*)address;
    }

    /// <summary>Asks that every page of a mapping stays one small page of its own. Kernels without huge pages refuse, which is as good.</summary>
    public static void KeepPagesSmall(byte* address, nuint length) => _ = MAdvise(address, length, NoHugePage);

    /// <summary>Takes the write permission from a mapping and makes it executable, so that no page is ever both.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused, as hardened ones do.</exception>
    public static void MakeExecutable(byte* address, nuint length)
    {
        if (PosixMemory.MProtect(address, length, PosixMemory.Read | Execute) != 0)
            throw PosixMemory.Failed("mprotect");
    }

    /// <summary>Gives the pages back while the mapping stays: the next touch of each faults and finds zeros.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static void Discard(byte* address, nuint length)
    {
        if (MAdvise(address, length, DontNeed) != 0)
            throw PosixMemory.Failed("madvise");
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int MAdvise(void* address, nuint length, int advice);
}
