using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise.CrossDomain;

/// <summary>
/// How much longer memory took than the processor beside it.
/// <para>
/// <b>Measured.</b> A chain of multiplications, which only the core's own clock paces, and a chain of loads scattered over 8 MiB, which caches,
/// interconnect and memory pace, are timed one right after the other. A sample is the difference of these two durations; neither is used again.
/// </para>
/// <para>
/// <b>Why it varies.</b> The core's clock drifts against the counter's, and the loads meet whatever everything on the machine left in the caches.
/// What slows both alike, as a lower clock does, partly cancels out.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine adds its second page tables to the loads, and the hypervisor's interruptions to both; a
/// container runs the same loads on the same processor, and its quota of processor time may stop the thread in between. A co-tenant on the same cache
/// or memory channel disturbs them and sees a correlated view. An attacker who floods that channel shifts the mean; the hypervisor can trap the
/// counter and slow either part as it likes. The walk is fixed and public, and on an idle machine of known type most of the difference is
/// predictable.
/// </para>
/// </summary>
internal sealed class CpuMemoryBeatSource : MeasuredSource
{
    private const int WarmUpSamples = 128;

    private Domains? _domains;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "cpu_memory_beat",
            Category = NoiseCategory.CrossDomain,
            Mechanism =
                "Difference between the durations of scattered loads and of arithmetic beside them. Caches, memory and the core's clock vary it.",
            Digitization = "The low byte of each difference of two durations, in steps of the machine's counter.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: other sources time the same parts of the machine and earn by them, and the difference of two durations holds nothing new.",
            // Recordings on a 2-core virtual machine were assessed at 4.125 bits or more.
            TestMinEntropy = 1.0 / 3,
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _domains = new Domains();
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var domains = _domains ?? throw new NoiseSourceException("there is nothing to time: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var processor = Domains.TimeProcessor();
            values[i] = domains.TimeMemory() - processor;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => Domains.Digitize(value); // digitization: the low byte of the difference

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _domains?.Free();
        _domains = null;
    }
}
