using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time of a batch of compare-and-swap on a word that another processor works on too.
/// <para>
/// <b>Measured.</b> A fixed number of attempts to raise the word by one, by the processor's locked instruction, while a partner thread does the
/// same without pause. Before each batch the partner must have got further than before the last one: one that is not running shows as a failure,
/// never as a series of undisturbed batches.
/// </para>
/// <para>
/// <b>Why it varies.</b> Which core the line is at, how its requests are arbitrated, how many attempts fail, and interrupts on either processor.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> In a virtual machine the processors are threads of the host, which may stop either; a container's are the
/// host's own. A co-tenant on the same interconnect shifts the mean, and an attacker with a hold on the scheduler can stop the partner, which is
/// noticed. Two cores that fall into step give long runs of like samples, as assessments on a quiet machine show: nothing is claimed.
/// </para>
/// </summary>
internal sealed class CasContentionSource : MeasuredSource
{
    private const int AttemptsPerSample = 16;
    private const int WarmUpSamples = 512;

    private ContendingPartner? _partner;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "cas_contention",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of a batch of compare-and-swap on a word that another processor works on too. The line's arbitration between the cores varies it.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: a recording of 1,000,000 samples was assessed at 0.474 bits, and for an eighth of that the health tests have no cutoffs",
            TestMinEntropy = 0.15, // about the least of which the tests' cutoffs fit into their window
            Threads = 2,
            Deadline = ContendingPartner.Deadline,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => ContendingPartner.WhyUnavailable();

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _partner = new ContendingPartner(Info.Name, Contend);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var partner = _partner ?? throw new NoiseSourceException("there is no partner thread: the source is not open");
        ref var word = ref partner.Contended;
        ref var progress = ref partner.Progress;
        var before = Volatile.Read(ref progress);
        partner.Begin();
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                before = ContendingPartner.AwaitChange(ref progress, before);
                var start = TickCounter.Read();
                Attempt(ref word);
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
    private static void Attempt(ref long word)
    {
        for (var attempt = 0; attempt < AttemptsPerSample; attempt++)
        {
            var value = Volatile.Read(ref word);
            _ = Interlocked.CompareExchange(ref word, value + 1, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Contend(ContendingPartner partner)
    {
        ref var word = ref partner.Contended;
        ref var progress = ref partner.Progress;
        while (partner.IsWanted)
        {
            Attempt(ref word);
            Volatile.Write(ref progress, progress + 1);
        }
    }
}
