using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time that a cache line takes to another processor and back.
/// <para>
/// <b>Measured.</b> This thread writes a word, its partner on another processor sees it and writes an answer beside it, and this one waits for the
/// answer: the line changes owner twice. A sample is the time of eight such round trips. Each trip needs an answer of its own, so a partner that is
/// not running shows as one long sample and then as a failure, never as a series of equal ones.
/// </para>
/// <para>
/// <b>Why it varies.</b> The coherence protocol's arbitration, the load of the interconnect between the cores, the drift of their clocks and the
/// fabric's against each other, interrupts on either processor.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> In a virtual machine the processors are threads of the host, which may put both on one core or stop either;
/// a container's are the host's own. A co-tenant on the same interconnect lengthens the times and sees a correlated view of the load, not of a
/// single round trip. An attacker with a hold on the scheduler can make the trips slow, hardly equal.
/// </para>
/// </summary>
internal sealed class CacheContentionSource : MeasuredSource
{
    private const int RoundTripsPerSample = 8; // one alone is too near to the step of a coarse counter
    private const int WarmUpSamples = 128;

    private ContendingPartner? _partner;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "cache_contention",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of eight ways of a cache line to another processor and back. Coherence traffic, the interconnect and interrupts vary it.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: on a quiet machine a recording of 1,000,000 samples was assessed at 0.561 bits, and for an eighth of that the health tests have no cutoffs",
            TestMinEntropy = 0.15, // about the least of which the tests' cutoffs fit into their window
            Threads = 2,
            Deadline = ContendingPartner.Deadline,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => ContendingPartner.WhyUnavailable();

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _partner = new ContendingPartner(Info.Name, Answer);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var partner = _partner ?? throw new NoiseSourceException("there is no partner thread: the source is not open");
        ref var line = ref partner.Contended;
        partner.Begin();
        try
        {
            RoundTrip(ref line); // not timed: it waits for the partner to wake up
            for (var i = 0; i < values.Length; i++)
            {
                var start = TickCounter.Read();
                for (var trip = 0; trip < RoundTripsPerSample; trip++)
                    RoundTrip(ref line);
                values[i] = TickCounter.Read() - start;
            }
        }
        finally
        {
            partner.End();
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _ = _partner?.Stop();
        _partner = null;
    }

    /// <summary>Ends the partner thread while the source stays open.</summary>
    internal void StopPartner() => _partner?.Stop();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundTrip(ref long line)
    {
        var question = line | 1;
        Volatile.Write(ref line, question);
        _ = ContendingPartner.AwaitChange(ref line, question);
    }

    /// <summary>The partner's part: an odd word is a question, the next even one its answer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Answer(ContendingPartner partner)
    {
        ref var line = ref partner.Contended;
        while (partner.IsWanted)
        {
            var word = Volatile.Read(ref line);
            if ((word & 1) == 1)
                Volatile.Write(ref line, word + 1);
        }
    }
}
