using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// A second thread that works on another processor while its source measures, and sleeps in the kernel while it does not. Where the system
/// lets threads be bound to processors (Linux), the measuring thread is bound to the first it is allowed and this one to the last; elsewhere
/// the scheduler spreads two busy threads by itself. The two are often threads of one core, on rented virtual machines of two processors usually: then
/// the word they share never leaves that core's first cache, and the pipeline they share is what disturbs them.
/// </summary>
/// <remarks>
/// Each has an order to stop of its own: a thread that hangs past its source's closing still finds that order when it goes on, whatever a later
/// opening started. The memory both use is the collector's, so a late thread never touches what was freed.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The event is freed by its finalizer: a thread that hangs may still hold it.")]
internal sealed class ContendingPartner
{
    // Two lines of 64 bytes, since processors fetch neighbours in pairs.
    private const int WordsApart = 128 / sizeof(long);
    private const int SpinsBeforeTiming = 4096;
    private const int YieldsBeforeSleep = 1000; // longer than a thread takes to wake up, for a partner that works is not to wait for this one

    /// <summary>For <see cref="NoiseSourceInfo.Deadline"/>: a collection may meet the time an answer may take more than once.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Long enough for a machine with many times more threads ready to run than processors.</summary>
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_longestLook = TimeSpan.FromMilliseconds(100);

    private readonly long[] _memory = GC.AllocateArray<long>(4 * WordsApart, pinned: true);
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread _thread;
    private readonly ulong[] _allowed = [];
    private volatile bool _wanted;
    private volatile bool _stopping;

    /// <summary>Starts a thread, which sleeps, and binds the calling one. Both calls, this and <see cref="Stop"/>, are the measuring thread's.</summary>
    /// <param name="name">The source's name.</param>
    /// <param name="work">What it does while <see cref="IsWanted"/>; it returns soon after that ends.</param>
    /// <exception cref="NoiseSourceException">There is no second processor.</exception>
    public ContendingPartner(string name, Action<ContendingPartner> work)
    {
        if (WhyUnavailable() is { } reason)
            throw new NoiseSourceException(reason);
        if (OperatingSystem.IsLinux())
            _allowed = LinuxProcessors.Allowed(thread: 0);

        _thread = new Thread(() => Run(work)) { IsBackground = true, Name = $"{name} partner" };
        _thread.Start();
        if (OperatingSystem.IsLinux() && LinuxProcessors.Count(_allowed) > 1)
            _ = LinuxProcessors.TryBind(LinuxProcessors.First(_allowed));
    }

    /// <summary>Why two threads cannot run at once here, in one clause; null where they can.</summary>
    public static string? WhyUnavailable() =>
        WhyUnavailable(
            OperatingSystem.IsLinux() ? LinuxProcessors.Count(LinuxProcessors.Allowed(Environment.ProcessId)) : Environment.ProcessorCount
        );

    /// <summary>As the other, of a process that is allowed so many processors; 0: unknown.</summary>
    internal static string? WhyUnavailable(int processors) =>
        processors == 1 ? "it takes two processors, and this process is allowed one" : null;

    /// <summary>True while the measuring thread is between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public bool IsWanted => _wanted;

    /// <summary>A word on which both threads work, in a cache line of its own.</summary>
    public ref long Contended => ref _memory[WordsApart];

    /// <summary>What the partner counts while it works, in a cache line of its own.</summary>
    public ref long Progress => ref _memory[2 * WordsApart];

    /// <summary>True while the thread has not ended.</summary>
    public bool IsAlive => _thread.IsAlive;

    /// <summary>Wakes the partner. It takes some microseconds until it works.</summary>
    public void Begin()
    {
        _wanted = true;
        _ = _wake.Set();
    }

    /// <summary>Lets the partner sleep.</summary>
    public void End() => _wanted = false;

    /// <summary>Waits for the partner to change a word, busily, for the answer usually comes within a microsecond.</summary>
    /// <param name="word">The word.</param>
    /// <param name="before">What it was.</param>
    /// <returns>What it is now.</returns>
    /// <exception cref="NoiseSourceException">The partner-alive check: it does not answer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long AwaitChange(ref long word, long before)
    {
        long now;
        for (var spins = 0; (now = Volatile.Read(ref word)) == before; spins++)
        {
            if (spins == SpinsBeforeTiming)
                return AwaitLongChange(ref word, before);
        }

        return now;
    }

    /// <summary>Ends the thread, waits as long as an answer may take, and lets the measuring thread run where it could before.</summary>
    /// <returns>False when it has not ended: it hangs, and will end when it goes on.</returns>
    public bool Stop()
    {
        _stopping = true;
        _wanted = false;
        if (_thread.IsAlive)
            _ = _wake.Set();
        if (OperatingSystem.IsLinux() && LinuxProcessors.Count(_allowed) > 1)
            _ = LinuxProcessors.TryBind(_allowed);
        return _thread.Join(s_answerLimit);
    }

    private static long AwaitLongChange(ref long word, long before)
    {
        var waiting = new SpinWait();
        var waited = TimeSpan.Zero;
        for (var last = Stopwatch.GetTimestamp(); Volatile.Read(ref word) == before; )
        {
            if (waited > s_answerLimit)
                throw new NoiseSourceException($"the partner thread did not answer within {s_answerLimit.TotalSeconds} s");
            waiting.SpinOnce(YieldsBeforeSleep); // the two may share a processor after all

            // A time for which this thread stood still itself is not held against the partner.
            var now = Stopwatch.GetTimestamp();
            var elapsed = Stopwatch.GetElapsedTime(last, now);
            waited += elapsed < s_longestLook ? elapsed : s_longestLook;
            last = now;
        }

        return Volatile.Read(ref word);
    }

    private void Run(Action<ContendingPartner> work)
    {
        if (OperatingSystem.IsLinux() && LinuxProcessors.Count(_allowed) > 1)
            _ = LinuxProcessors.TryBind(LinuxProcessors.Last(_allowed));
        while (_wake.WaitOne() && !_stopping)
            work(this);
    }
}
