using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Timing;

/// <summary>clock_nanosleep(2) on the monotonic clock.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class LinuxSleep : ShortSleep
{
    private const int Monotonic = 1; // CLOCK_MONOTONIC
    private const int SetTimerSlack = 29; // PR_SET_TIMERSLACK
    private const uint DefaultSlack = 0; // prctl(2): back to what the thread had when it was made

    /// <summary>Takes the slack from the calling thread's timers.</summary>
    /// <remarks>
    /// By default the kernel may put off this thread's timers by 50 µs to serve several at once: most of each sample would be a fixed wait. At 1 ns
    /// there are a fifth to two thirds more samples a second, of the same spread. Where it is refused, they are only slower.
    /// </remarks>
    public LinuxSleep() => _ = ProcessControl(SetTimerSlack, nanoseconds: 1);

    /// <inheritdoc/>
    public override void Sleep(int nanoseconds)
    {
        var request = stackalloc nint[2] { 0, nanoseconds }; // struct timespec: seconds, nanoseconds
        var error = ClockNanosleep(Monotonic, flags: 0, request, null);
        if (error is not 0 and not LinuxError.Interrupted) // a sleep cut short by a signal took its time like any other
            throw new NoiseSourceException($"clock_nanosleep failed: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <inheritdoc/>
    public override void Dispose() => _ = ProcessControl(SetTimerSlack, DefaultSlack);

    /// <summary>Of the calling thread alone.</summary>
    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint nanoseconds);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, nint* request, nint* remaining);
}
