using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OpenEntropy.Benchmarks.Running;

/// <summary>What the child processes that have ended used together, as the kernel accounts it: nothing is lost between a last look and the end.</summary>
internal static partial class ChildrenUsage
{
    private const int Children = -1; // RUSAGE_CHILDREN

    /// <summary>Seconds of processor time, user and system.</summary>
    public static double ProcessorSeconds()
    {
        // struct rusage: two struct timeval of two words each, and fourteen words more.
        Span<long> usage = stackalloc long[18];
        if (GetResourceUsage(Children, ref usage[0]) != 0)
        {
            throw new MeasurementException($"getrusage failed: {new Win32Exception().Message}");
        }

        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetResourceUsage(int who, ref long usage);
}
