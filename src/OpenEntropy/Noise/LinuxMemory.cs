using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>Private anonymous pages straight from the kernel, for sources that measure pages or need one of a certain protection.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxMemory
{
    private const int Read = 1; // PROT_READ
    private const int Write = 2; // PROT_WRITE
    private const int Execute = 4; // PROT_EXEC
    private const int Shared = 0x01; // MAP_SHARED
    private const int SharedPopulate = Shared | 0x8000; // MAP_SHARED | MAP_POPULATE
    private const int PrivateAnonymous = 0x02 | 0x20; // MAP_PRIVATE | MAP_ANONYMOUS
    private const int DontNeed = 4; // MADV_DONTNEED
    private const int NoHugePage = 15; // MADV_NOHUGEPAGE

    /// <summary>Maps readable, writable pages filled with zeros; nothing is resident before the first touch. See mmap(2).</summary>
    /// <param name="length">Bytes; the kernel rounds up to whole pages.</param>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static byte* Map(nuint length)
    {
        var address = MMap(null, length, Read | Write, PrivateAnonymous, file: -1, offset: 0);
        return (nint)address == -1 ? throw Failed("mmap") : (byte*)address;
    }

    /// <summary>Maps memory shared with the kernel or a device, readable and writable. See mmap(2).</summary>
    /// <param name="file">The descriptor it belongs to.</param>
    /// <param name="offset">Which part of it.</param>
    /// <param name="length">Bytes; the kernel rounds up to whole pages.</param>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static byte* MapShared(int file, nint offset, nuint length)
    {
        var address = MMap(null, length, Read | Write, SharedPopulate, file, offset);
        return (nint)address == -1 ? throw Failed("mmap") : (byte*)address;
    }

    /// <summary>Maps a buffer of a device, readable and writable and shared with it. See mmap(2).</summary>
    /// <param name="file">The descriptor it belongs to.</param>
    /// <param name="offset">Which part of it.</param>
    /// <param name="length">Bytes; the kernel rounds up to whole pages.</param>
    /// <returns>Its address; null where the kernel refuses, with the cause as the last P/Invoke error.</returns>
    public static byte* TryMapShared(int file, nint offset, nuint length)
    {
        var address = MMap(null, length, Read | Write, Shared, file, offset);
        return (nint)address == -1 ? null : (byte*)address;
    }

    /// <summary>Asks that every page of a mapping stays one small page of its own. Kernels without huge pages refuse, which is as good.</summary>
    public static void KeepPagesSmall(byte* address, nuint length) => _ = MAdvise(address, length, NoHugePage);

    /// <summary>Takes the write permission from a mapping and makes it executable, so that no page is ever both.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused, as hardened ones do.</exception>
    public static void MakeExecutable(byte* address, nuint length)
    {
        if (MProtect(address, length, Read | Execute) != 0)
            throw Failed("mprotect");
    }

    /// <summary>Lets the pages be read, and no longer written.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static void MakeReadOnly(byte* address, nuint length)
    {
        if (MProtect(address, length, Read) != 0)
            throw Failed("mprotect");
    }

    /// <summary>Lets the pages be read and written.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static void MakeWritable(byte* address, nuint length)
    {
        if (MProtect(address, length, Read | Write) != 0)
            throw Failed("mprotect");
    }

    /// <summary>Gives the pages back while the mapping stays: the next touch of each faults and finds zeros.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static void Discard(byte* address, nuint length)
    {
        if (MAdvise(address, length, DontNeed) != 0)
            throw Failed("madvise");
    }

    /// <summary>Gives a mapping back. It fails only for a range that was never mapped.</summary>
    public static void Unmap(byte* address, nuint length) => _ = MUnmap(address, length);

    private static NoiseSourceException Failed(string call) =>
        new($"{call} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* MMap(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int MProtect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int MAdvise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(void* address, nuint length);
}
