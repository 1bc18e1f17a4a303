using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>Private anonymous pages straight from the kernel, by the calls that Linux and macOS have in common.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
internal static unsafe partial class PosixMemory
{
    /// <summary>PROT_READ, on both.</summary>
    internal const int Read = 1;

    /// <summary>PROT_WRITE, on both.</summary>
    internal const int Write = 2;

    private const int None = 0; // PROT_NONE, on both
    private const int Private = 0x02; // MAP_PRIVATE, on both

    // MAP_ANONYMOUS: sys/mman.h of macOS, asm-generic/mman-common.h of Linux. Known to the compiler of the machine code.
    private static int PrivateAnonymous => Private | (OperatingSystem.IsMacOS() ? 0x1000 : 0x20);

    /// <summary>Maps readable, writable pages filled with zeros; nothing is resident before the first touch. See mmap(2).</summary>
    /// <param name="length">Bytes; the kernel rounds up to whole pages.</param>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static byte* Map(nuint length)
    {
        var address = MMap(null, length, Read | Write, PrivateAnonymous, file: -1, offset: 0);
        return (nint)address == -1 ? throw Failed("mmap") : (byte*)address;
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

    /// <summary>Lets the pages be neither read nor written.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static void MakeInaccessible(byte* address, nuint length)
    {
        if (MProtect(address, length, None) != 0)
            throw Failed("mprotect");
    }

    /// <summary>Gives a mapping back. It fails only for a range that was never mapped.</summary>
    public static void Unmap(byte* address, nuint length) => _ = MUnmap(address, length);

    /// <summary>What the last call said.</summary>
    /// <param name="call">The call.</param>
    internal static NoiseSourceException Failed(string call) =>
        new($"{call} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    /// <summary>mmap(2).</summary>
    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial void* MMap(void* address, nuint length, int protection, int flags, int file, nint offset);

    /// <summary>mprotect(2).</summary>
    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    internal static partial int MProtect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(void* address, nuint length);
}
