using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.CrossDomain;

/// <summary>
/// How much longer a timer's wake-up took than the system call beside it.
/// <para>
/// <b>Measured.</b> A system call that the kernel answers from memory, and a timer (timerfd) set to 1 µs that wakes this thread waiting for it, are timed one right
/// after the other. A sample is the difference of these two durations; neither is used again. One name is one stream: the other beats, of the processor
/// with memory and with the storage device, are <c>cpu_memory_beat</c> and <c>cpu_io_beat</c>, since of pairs mixed in one sequence of samples any could stand
/// still behind the others, unseen by the health tests.
/// </para>
/// <para>
/// <b>Why it varies.</b> The kernel's entry and its caches, the timer's interrupt, the way out of the idle state, the scheduler. What slows both alike,
/// as a lower clock does, partly cancels out.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> In a virtual machine the host delivers the timer's interrupt and schedules the guest again: the hypervisor sees each
/// wake-up and could make it regular. A container shares the host's kernel and scheduler, and its quota of processor time may stop the thread in between.
/// A co-tenant's load lengthens and spreads the wake-ups and moves them for all its neighbours together. An attacker without rights can
/// watch scheduler statistics of the process, not the nanoseconds; root can trace both. The work is fixed and public.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "Close disposes of the timer; a source can be opened again.")]
internal sealed class MultiDomainBeatSource : MeasuredSource
{
    private const int ExpiryNanoseconds = 1000;
    private const int LimitMilliseconds = 400;
    private const int WarmUpSamples = 64;

    private WakeUpTimer? _timer;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "multi_domain_beat",
            Category = NoiseCategory.CrossDomain,
            Mechanism =
                "Difference between the durations of a timer's wake-up and of a system call beside it. Interrupts, idle states and the scheduler vary it.",
            Digitization = "The low byte of each difference of two durations, in steps of the machine's counter.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: other sources time such wake-ups and earn by them, and a difference from them holds nothing new. The lowest of several recordings of 1,000,000 samples and fewer on a 2-core virtual machine is 3.936 bits",
            TestMinEntropy = 1.0 / 3,
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
        var timer = _timer ?? throw new NoiseSourceException("there is nothing to time: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var systemCall = Domains.TimeSystemCall();
            var start = TickCounter.Read();
            timer.Wait(ExpiryNanoseconds, LimitMilliseconds);
            values[i] = TickCounter.Read() - start - systemCall;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => Domains.Digitize(value); // digitization: the low byte of the difference

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
