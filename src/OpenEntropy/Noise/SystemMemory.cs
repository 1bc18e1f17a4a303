using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// Private pages from this system's kernel. Which system it is, is known to the compiler of the machine code, so that nothing is decided in what is
/// timed.
/// </summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
[SupportedOSPlatform("windows")]
internal static unsafe class SystemMemory
{
    private const string Unknown = "this system has no pages that are known here";

    /// <summary>Maps readable, writable pages filled with zeros; nothing is resident before the first touch.</summary>
    /// <param name="length">Bytes, whole pages.</param>
    /// <exception cref="NoiseSourceException">The system refused.</exception>
    public static byte* Map(nuint length)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            return PosixMemory.Map(length);
        return OperatingSystem.IsWindows() ? WindowsMemory.Map(length) : throw new NoiseSourceException(Unknown);
    }

    /// <summary>Lets the pages be read, and no longer written.</summary>
    /// <exception cref="NoiseSourceException">The system refused.</exception>
    public static void MakeReadOnly(byte* address, nuint length)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            PosixMemory.MakeReadOnly(address, length);
        else if (OperatingSystem.IsWindows())
            WindowsMemory.MakeReadOnly(address, length);
    }

    /// <summary>Lets the pages be read and written.</summary>
    /// <exception cref="NoiseSourceException">The system refused.</exception>
    public static void MakeWritable(byte* address, nuint length)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            PosixMemory.MakeWritable(address, length);
        else if (OperatingSystem.IsWindows())
            WindowsMemory.MakeWritable(address, length);
    }

    /// <summary>Lets the pages be neither read nor written.</summary>
    /// <exception cref="NoiseSourceException">The system refused.</exception>
    public static void MakeInaccessible(byte* address, nuint length)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            PosixMemory.MakeInaccessible(address, length);
        else if (OperatingSystem.IsWindows())
            WindowsMemory.MakeInaccessible(address, length);
    }

    /// <summary>Gives a whole mapping back. It fails only for what was never mapped.</summary>
    /// <param name="address">As <see cref="Map"/> gave it.</param>
    /// <param name="length">As <see cref="Map"/> was asked.</param>
    public static void Unmap(byte* address, nuint length)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            PosixMemory.Unmap(address, length);
        else if (OperatingSystem.IsWindows())
            WindowsMemory.Unmap(address);
    }
}
