using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Timing;

/// <summary>A high-resolution waitable timer, which Windows has from version 1803 of Windows 10 on: others wait for the next clock interrupt.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsSleep : ShortSleep
{
    private const uint HighResolution = 2; // CREATE_WAITABLE_TIMER_HIGH_RESOLUTION
    private const uint AllAccess = 0x1F_0003; // TIMER_ALL_ACCESS
    private const uint WaitMilliseconds = 1000;
    private const int NanosecondsPerUnit = 100; // of a due time

    private readonly nint _timer;

    /// <summary>Makes the timer.</summary>
    /// <exception cref="NoiseSourceException">The system refuses.</exception>
    public WindowsSleep()
    {
        _timer = CreateWaitableTimer(0, 0, HighResolution, AllAccess);
        if (_timer == 0)
            throw Failed("CreateWaitableTimerEx");
    }

    /// <inheritdoc/>
    public override void Sleep(int nanoseconds)
    {
        long due = -Math.Max(1, nanoseconds / NanosecondsPerUnit); // negative: from now on
        if (SetWaitableTimer(_timer, &due, period: 0, 0, 0, resume: 0) == 0)
            throw Failed("SetWaitableTimer");
        if (WaitForSingleObject(_timer, WaitMilliseconds) != 0)
            throw new NoiseSourceException($"a timer did not wake this thread within {WaitMilliseconds} ms");
    }

    /// <inheritdoc/>
    public override void Dispose() => _ = CloseHandle(_timer);

    private static NoiseSourceException Failed(string call) =>
        new($"{call} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("kernel32", EntryPoint = "CreateWaitableTimerExW", SetLastError = true)]
    private static partial nint CreateWaitableTimer(nint attributes, nint name, uint flags, uint access);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int SetWaitableTimer(nint timer, long* due, int period, nint routine, nint argument, int resume);

    [LibraryImport("kernel32")]
    private static partial uint WaitForSingleObject(nint handle, uint milliseconds);

    [LibraryImport("kernel32")]
    private static partial int CloseHandle(nint handle);
}
