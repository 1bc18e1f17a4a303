using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpenEntropy.Continuity;

/// <summary>The offsets between the system's clocks, whose jumps tell that the machine slept, was resumed, or had its clock set.</summary>
internal static partial class SystemClocks
{
    private const int ClockRealtime = 0;
    private const int ClockMonotonic = 1;
    private const int ClockBoottime = 7;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Readings further apart than this were interrupted and are taken again.</summary>
    private const long MaximumReadingNanoseconds = 100_000;
    private const int Attempts = 8;

    /// <summary>CLOCK_BOOTTIME − CLOCK_MONOTONIC and CLOCK_REALTIME − CLOCK_MONOTONIC, nanoseconds; zeros where the system has no such clocks.</summary>
    public static (long Boottime, long Realtime) Offsets()
    {
        if (!OperatingSystem.IsLinux())
            return default;

        (long, long) offsets = default;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = Read(ClockMonotonic);
            var boottime = Read(ClockBoottime);
            var realtime = Read(ClockRealtime);
            var after = Read(ClockMonotonic);
            offsets = (boottime - before, realtime - before);
            if (after - before <= MaximumReadingNanoseconds)
                break;
        }

        return offsets;
    }

    private static long Read(int clock)
    {
        var result = ClockGetTime(clock, out var time);
        Debug.Assert(result == 0, "These clocks exist on every Linux this runtime supports.");
        return (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
