using System.Runtime.InteropServices;

namespace OpenEntropy.Continuity;

/// <summary>The offsets between the system's clocks, whose jumps tell that the machine slept, was resumed, or had its clock set.</summary>
internal static unsafe partial class SystemClocks
{
    /// <summary>CLOCK_REALTIME.</summary>
    public const int RealTime = 0;

    /// <summary>CLOCK_MONOTONIC_RAW.</summary>
    public const int MonotonicRaw = 4;

    /// <summary>CLOCK_THREAD_CPUTIME_ID: the processor time of the calling thread.</summary>
    public const int ThreadProcessorTime = 3;

    private const int Monotonic = 1; // CLOCK_MONOTONIC
    private const int BootTime = 7; // CLOCK_BOOTTIME
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Readings further apart than this were interrupted and are taken again.</summary>
    private const long MaximumReadingNanoseconds = 100_000;
    private const int Attempts = 8;

    /// <summary>False where the system does not have these clocks: then <see cref="Offsets"/> is constant and no jump is ever noticed.</summary>
    public static bool IsSupported { get; } =
        OperatingSystem.IsLinux() && TryRead(Monotonic, out _) && TryRead(BootTime, out _) && TryRead(RealTime, out _);

    /// <summary>CLOCK_BOOTTIME − CLOCK_MONOTONIC and CLOCK_REALTIME − CLOCK_MONOTONIC, nanoseconds; zeros where they are not supported.</summary>
    public static (long Boottime, long Realtime) Offsets()
    {
        if (!IsSupported)
            return default;

        (long, long) offsets = default;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = Read(Monotonic);
            var boottime = Read(BootTime);
            var realtime = Read(RealTime);
            var after = Read(Monotonic);
            offsets = (boottime - before, realtime - before);
            if (after - before <= MaximumReadingNanoseconds)
                break;
        }

        return offsets;
    }

    /// <summary>Processor time that the calling thread has used; null where the system does not say.</summary>
    public static TimeSpan? ThreadTime() =>
        IsSupported && TryRead(ThreadProcessorTime, out var nanoseconds)
            ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : null;

    /// <summary>A clock, nanoseconds since its own beginning. See clock_gettime(2).</summary>
    /// <param name="clock">One of Linux's clocks.</param>
    /// <param name="nanoseconds">The reading; 0 on failure.</param>
    /// <returns>False when the system refuses.</returns>
    public static bool TryRead(int clock, out long nanoseconds)
    {
        var time = stackalloc nint[2]; // struct timespec: seconds and nanoseconds, each a machine word
        var read = ClockGetTime(clock, time) == 0;
        nanoseconds = read ? (time[0] * NanosecondsPerSecond) + time[1] : 0;
        return read;
    }

    /// <summary>A clock that worked at the start and is refused now (a sandbox closed in on us) reads 0, which shows as a jump: that is safe.</summary>
    private static long Read(int clock) => TryRead(clock, out var nanoseconds) ? nanoseconds : 0;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int ClockGetTime(int clock, nint* time);
}
