using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>A timer of the kernel that wakes a thread waiting for events: timerfd_create(2), epoll(7).</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class WakeUpTimer : IDisposable
{
    private const int Monotonic = 1; // CLOCK_MONOTONIC
    private const int NonBlocking = 0x800; // TFD_NONBLOCK
    private const int Add = 1; // EPOLL_CTL_ADD
    private const uint Readable = 1; // EPOLLIN
    private const int EventBytes = 16; // struct epoll_event has 12 bytes on x86-64, 16 elsewhere, and begins with the events

    private readonly int _timer;
    private readonly int _events;
    private bool _disposed;

    /// <summary>Makes the timer and what waits for it.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public WakeUpTimer()
    {
        _timer = CreateTimer(Monotonic, NonBlocking | LinuxFiles.CloseOnExec);
        if (_timer < 0)
            throw LinuxFiles.Failed("making a timer");
        _events = CreateEvents(LinuxFiles.CloseOnExec);
        var readable = stackalloc byte[EventBytes];
        new Span<byte>(readable, EventBytes).Clear();
        *(uint*)readable = Readable;
        if (_events >= 0 && ControlEvents(_events, Add, _timer, readable) == 0)
            return;
        var failure = LinuxFiles.Failed("making an event queue");
        Dispose();
        throw failure;
    }

    /// <summary>Sets the timer and waits for it.</summary>
    /// <param name="nanoseconds">When it expires, from now; 1 to 999,999,999.</param>
    /// <param name="limitMilliseconds">How long to wait at most.</param>
    /// <exception cref="NoiseSourceException">The kernel refused, or the timer did not expire within the limit.</exception>
    public void Wait(int nanoseconds, int limitMilliseconds)
    {
        var expiry = stackalloc nint[4]; // struct itimerspec: interval and value, each of seconds and nanoseconds
        (expiry[0], expiry[1], expiry[2], expiry[3]) = (0, 0, 0, nanoseconds);
        if (SetTimer(_timer, flags: 0, expiry, null) != 0)
            throw LinuxFiles.Failed("setting a timer");

        var occurred = stackalloc byte[EventBytes];
        int count;
        do count = WaitEvents(_events, occurred, maximum: 1, limitMilliseconds);
        while (count < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);
        if (count < 0)
            throw LinuxFiles.Failed("waiting for a timer");

        ulong expirations;
        if (count == 0 || LinuxFiles.Read(_timer, (byte*)&expirations, sizeof(ulong)) != sizeof(ulong))
            throw new NoiseSourceException($"a timer did not expire within {limitMilliseconds} ms");
    }

    /// <summary>Closes both descriptors.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        LinuxFiles.Close(_timer);
        if (_events >= 0)
            LinuxFiles.Close(_events);
    }

    [LibraryImport("libc", EntryPoint = "timerfd_create", SetLastError = true)]
    private static partial int CreateTimer(int clock, int flags);

    [LibraryImport("libc", EntryPoint = "timerfd_settime", SetLastError = true)]
    private static partial int SetTimer(int timer, int flags, nint* value, nint* before);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateEvents(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int ControlEvents(int events, int operation, int descriptor, byte* wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitEvents(int events, byte* occurred, int maximum, int milliseconds);
}
