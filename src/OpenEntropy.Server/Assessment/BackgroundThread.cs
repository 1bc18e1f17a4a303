using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Assessment;

/// <summary>What a thread must know of itself to stay in the background.</summary>
internal static unsafe partial class BackgroundThread
{
    private const int LowestPriority = 19; // nice(2)
    private const int OneThread = 0; // PRIO_PROCESS: on Linux with id 0 the calling thread, not the process
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Gives the calling thread the lowest priority there is. Where the system refuses, it keeps the one it has.</summary>
    public static void LowerPriority()
    {
        Thread.CurrentThread.Priority = ThreadPriority.Lowest; // without effect on Linux
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(OneThread, 0, LowestPriority);
        }
    }

    /// <summary>Processor time of the calling thread; where the system does not tell, the time that passes, which is never less.</summary>
    public static TimeSpan ProcessorTime()
    {
        var time = stackalloc nint[2]; // struct timespec: seconds and nanoseconds, each a machine word
        return OperatingSystem.IsLinux() && ClockGetTime(ThreadProcessorTime, time) == 0
            ? TimeSpan.FromSeconds(time[0] + (time[1] / NanosecondsPerSecond))
            : Stopwatch.GetElapsedTime(0);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, nint* time);
}
