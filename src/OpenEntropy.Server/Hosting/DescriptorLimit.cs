using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Hosting;

/// <summary>How many files and sockets the process may have open, and how many of them may be connections.</summary>
internal static partial class DescriptorLimit
{
    private const int OnLinux = 7; // RLIMIT_NOFILE
    private const int OnMacOS = 8;

    /// <summary>The soft limit as the process has it, which the runtime raises to the hard one when it starts; null where there is none or it cannot be read.</summary>
    public static ulong? Soft
    {
        get
        {
            var resource =
                OperatingSystem.IsLinux() ? OnLinux
                : OperatingSystem.IsMacOS() ? OnMacOS
                : -1;
            return resource >= 0 && GetLimit(resource, out var limit) == 0 && limit.Soft < long.MaxValue ? limit.Soft : null;
        }
    }

    /// <summary>
    /// Three quarters of the descriptors: those that are left are for files, without which the service could not write its audit log, and for what it listens on.
    /// </summary>
    /// <param name="descriptors">How many there may be; null for no limit.</param>
    /// <returns>Connections, at least 1; null for no limit.</returns>
    public static long? ConnectionsOf(ulong? descriptors) =>
        descriptors is { } most ? Math.Max(1, (long)Math.Min(most, long.MaxValue) / 4 * 3) : null;

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, out Limit limit);

    /// <summary><c>struct rlimit</c> where the processor has 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        public readonly ulong Soft;
        public readonly ulong Hard;
    }
}
