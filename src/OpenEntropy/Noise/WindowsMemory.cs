using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>Private pages straight from the kernel of Windows: VirtualAlloc, VirtualProtect, VirtualFree.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class WindowsMemory
{
    private const uint ReserveAndCommit = 0x1000 | 0x2000; // MEM_COMMIT | MEM_RESERVE
    private const uint Release = 0x8000; // MEM_RELEASE
    private const uint NoAccess = 0x01; // PAGE_NOACCESS
    private const uint ReadOnly = 0x02; // PAGE_READONLY
    private const uint ReadWrite = 0x04; // PAGE_READWRITE

    /// <summary>Maps readable, writable pages filled with zeros; nothing is resident before the first touch.</summary>
    /// <param name="length">Bytes; the system rounds up to whole pages.</param>
    /// <exception cref="NoiseSourceException">The system refused.</exception>
    public static byte* Map(nuint length)
    {
        var address = VirtualAlloc(null, length, ReserveAndCommit, ReadWrite);
        return address is null ? throw Failed("VirtualAlloc") : (byte*)address;
    }

    /// <summary>Lets the pages be read, and no longer written.</summary>
    /// <exception cref="NoiseSourceException">The system refused.</exception>
    public static void MakeReadOnly(byte* address, nuint length) => Protect(address, length, ReadOnly);

    /// <summary>Lets the pages be read and written.</summary>
    /// <exception cref="NoiseSourceException">The system refused.</exception>
    public static void MakeWritable(byte* address, nuint length) => Protect(address, length, ReadWrite);

    /// <summary>Lets the pages be neither read nor written.</summary>
    /// <exception cref="NoiseSourceException">The system refused.</exception>
    public static void MakeInaccessible(byte* address, nuint length) => Protect(address, length, NoAccess);

    /// <summary>Gives a whole mapping back. It fails only for what was never mapped.</summary>
    public static void Unmap(byte* address) => _ = VirtualFree(address, size: 0, Release);

    private static void Protect(byte* address, nuint length, uint protection)
    {
        uint before;
        if (VirtualProtect(address, length, protection, &before) == 0)
            throw Failed("VirtualProtect");
    }

    private static NoiseSourceException Failed(string call) =>
        new($"{call} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial void* VirtualAlloc(void* address, nuint size, uint kind, uint protection);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int VirtualProtect(void* address, nuint size, uint protection, uint* before);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int VirtualFree(void* address, nuint size, uint kind);
}
