using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Timing;

/// <summary>
/// The time that short sleeps really take.
/// <para>
/// <b>Measured.</b> clock_nanosleep for fixed times from 1 ns to 50 µs in turn: the timer that is programmed, its interrupt and the way back to
/// this thread. A sleep of zero returns at once and measures nothing, so none is asked for.
/// </para>
/// <para>
/// <b>Why it varies.</b> The timer's slack, the interrupt's latency, the way out of the idle state (in a virtual machine an exit to the host, which
/// must schedule the guest again) and whatever else is ready to run.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> The order of the requests is public and no source of entropy. A co-tenant's load lengthens and spreads the
/// wake-ups. The hypervisor delivers the timer interrupt itself and could make it regular. A local user can see counts of wake-ups, not their times.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class SleepJitterSource : MeasuredSource
{
    private const int Monotonic = 1; // CLOCK_MONOTONIC
    private const int WarmUpSamples = 200;
    private const int SetTimerSlack = 29; // PR_SET_TIMERSLACK
    private const uint DefaultSlack = 0; // prctl(2): back to what the thread had when it was made

    private static readonly nint[] RequestedNanoseconds = [1, 1_000, 5_000, 20_000, 50_000];

    private int _turn;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "sleep_jitter",
            Category = NoiseCategory.Timing,
            Mechanism =
                "Duration of sleeps of 1 ns to 50 µs. Timer slack, interrupt latency and the way out of the idle state make each overshoot differently.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 6.391 / 8),
            ClaimBasis = "An eighth of 6.391 bits, the assessment of nanosleep (1,000,000 samples), and at most 1/3",
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _turn = 0;

        // By default the kernel may put off this thread's timers by 50 µs to serve several at once: most of each sample would be a fixed wait. At
        // 1 ns there are a fifth to two thirds more samples a second, of the same spread. Where it is refused, they are only slower.
        _ = ProcessControl(SetTimerSlack, nanoseconds: 1);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var request = stackalloc nint[2]; // struct timespec: seconds, nanoseconds
        request[0] = 0;
        for (var i = 0; i < values.Length; i++)
        {
            request[1] = RequestedNanoseconds[_turn];
            _turn = (_turn + 1) % RequestedNanoseconds.Length;
            var start = TickCounter.Read();
            var error = ClockNanosleep(Monotonic, flags: 0, request, null);
            values[i] = TickCounter.Read() - start;

            if (error is not 0 and not LinuxError.Interrupted) // a sleep cut short by a signal took its time like any other
                throw new NoiseSourceException($"clock_nanosleep failed: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close() => _ = ProcessControl(SetTimerSlack, DefaultSlack);

    /// <summary>Of the calling thread alone.</summary>
    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint nanoseconds);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, nint* request, nint* remaining);
}
