using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.CrossDomain;

/// <summary>
/// How much the durations of neighbouring parts of the machine differ, four parts in two pairs.
/// <para>
/// <b>Measured.</b> Two of arithmetic, scattered loads, a system call and a timer's wake-up are timed one right after the other. A sample is the
/// difference within one pair: loads less arithmetic, or wake-up less system call. The pairs take turns by openings, the first opening has the first:
/// were both in one sequence of samples, either could stand still behind the other, unseen by the health tests. No duration is used twice.
/// </para>
/// <para>
/// <b>Why it varies.</b> The core's clock against the counter's, caches and memory, the kernel's entry and its scheduler, the timer's interrupt and
/// the way out of the idle state.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> In a virtual machine the host delivers the timer's interrupt and schedules the guest again. A co-tenant
/// disturbs caches and scheduler and sees a correlated view. The work is fixed and public.
/// </para>
/// </summary>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "Close disposes of the timer; a source can be opened again.")]
internal sealed class MultiDomainBeatSource : MeasuredSource
{
    private const int ExpiryNanoseconds = 1000;
    private const int LimitMilliseconds = 400;
    private const int WarmUpSamples = 64;

    private Domains? _domains;
    private WakeUpTimer? _timer;
    private bool _second = true; // the next opening has the other pair

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "multi_domain_beat",
            Category = NoiseCategory.CrossDomain,
            Mechanism =
                "Difference between the durations of scattered loads and arithmetic, or of a timer's wake-up and a system call, from one opening to the next.",
            Digitization = "The low byte of each difference of two durations, in steps of the machine's counter.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: other sources time the same parts of the machine and earn by them, and the difference of two durations holds nothing new.",
            // Recordings on a 2-core virtual machine were assessed at 4.117 bits or more.
            TestMinEntropy = 1.0 / 3,
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _domains = new Domains();
        _timer = new WakeUpTimer();
        _second = !_second;
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_domains is not { } domains || _timer is not { } timer)
            throw new NoiseSourceException("there is nothing to time: the source is not open");
        for (var i = 0; i < values.Length; i++)
            values[i] = _second ? WakeUpLessSystemCall(timer) : MemoryLessProcessor(domains);
        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => Domains.Digitize(value); // digitization: the low byte of the difference

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _timer?.Dispose();
        _domains?.Free();
        (_timer, _domains) = (null, null);
    }

    private static long MemoryLessProcessor(Domains domains)
    {
        var processor = Domains.TimeProcessor();
        return domains.TimeMemory() - processor;
    }

    private static long WakeUpLessSystemCall(WakeUpTimer timer)
    {
        var systemCall = Domains.TimeSystemCall();
        var start = TickCounter.Read();
        timer.Wait(ExpiryNanoseconds, LimitMilliseconds);
        return TickCounter.Read() - start - systemCall;
    }
}
