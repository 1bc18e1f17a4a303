using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Timing;

/// <summary>The shortest sleep that a system offers a thread. It is used on the thread that made it, and allocates nothing.</summary>
internal abstract class ShortSleep : IDisposable
{
    /// <summary>This system's, for the calling thread.</summary>
    /// <exception cref="NoiseSourceException">The system refuses.</exception>
    [SupportedOSPlatform("linux")]
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("windows")]
    public static ShortSleep OfThisSystem() =>
        OperatingSystem.IsLinux() ? new LinuxSleep()
        : OperatingSystem.IsMacOS() ? new PosixSleep()
        : OperatingSystem.IsWindows() ? new WindowsSleep()
        : throw new NoiseSourceException("this system has no sleep that is known here");

    /// <summary>Sleeps; longer than asked, or shorter where a signal ends it.</summary>
    /// <param name="nanoseconds">1 to 999,999,999.</param>
    /// <exception cref="NoiseSourceException">The system refuses.</exception>
    public abstract void Sleep(int nanoseconds);

    /// <summary>Undoes what was prepared.</summary>
    public abstract void Dispose();
}
