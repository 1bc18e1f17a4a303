using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Timing;

/// <summary>
/// The time until a timer's event reaches a waiting thread.
/// <para>
/// <b>Measured.</b> A timer (timerfd) is set to 20 µs, and this thread waits for it in an event queue (epoll): the timer is programmed, the
/// processor finds something else to do or idles, the interrupt comes, the queue is marked and the thread woken. Timers of this kind have no slack.
/// Nothing watches files (inotify) beside it: events of our own files would time our own file system calls, which need no queue, and those of others'
/// would come when others choose.
/// </para>
/// <para>
/// <b>Why it varies.</b> The interrupt's latency, the way out of the idle state (in a virtual machine an exit to the host, which must schedule the
/// guest again), the kernel's deferred work, and whatever else is ready to run.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> The time asked for is public and no source of entropy. In a virtual machine the hypervisor delivers the timer
/// interrupt itself and could make it regular. A container shares the host's scheduler and idle states, and its quota of processor time may hold back
/// a wake-up. A co-tenant's load lengthens and spreads the wake-ups. An attacker who is a local user can see counts of wake-ups, not their times;
/// root can trace both.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "Close disposes of the timer; a source can be opened again.")]
internal sealed class TimerEventsSource : MeasuredSource
{
    private const int ExpiryNanoseconds = 20_000;
    private const int LimitMilliseconds = 400;
    private const int WarmUpSamples = 50;

    private WakeUpTimer? _timer;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "timer_events",
            SharesCredit = "host",
            Category = NoiseCategory.Timing,
            Mechanism =
                "Time until a timer set to 20 µs wakes a thread that waits for events. Interrupt latency, idle states and the scheduler vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 6.135 / 8),
            ClaimBasis =
                "An eighth of 6.135 bits, the lowest of several recordings of 92,779 to 124,788 samples (nanosleep gave 6.391), and at most 1/3",
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _timer = new WakeUpTimer();
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var timer = _timer ?? throw new NoiseSourceException("there is no timer: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            timer.Wait(ExpiryNanoseconds, LimitMilliseconds);
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
