using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time that a fixed batch of data-dependent branches takes.
/// <para>
/// <b>Measured.</b> The branches follow the high bits of a fixed linear congruential sequence that begins anew with every sample: each batch is the
/// same. It is longer than the predictors hold, so that part of it is mispredicted each time, and the processor throws away and repeats speculative work.
/// (Were the sequence to go on from sample to sample, it would decide a third of the variance: two recordings of it correlated by 0.6 on a quiet machine.)
/// </para>
/// <para>
/// <b>Why it varies.</b> The state of predictors, instruction cache and pipeline that this core shares with interrupts, the kernel, the
/// hypervisor and, with simultaneous multithreading, a neighbour; and the drift of the core's clock against the counter's. The sequence decides
/// nothing of it, being the same in every sample.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine or container runs the same pipeline; the hypervisor's interruptions add to it, and a
/// container's quota of processor time may stop the thread in between. A co-tenant on the same core sees and disturbs the predictor. An attacker with
/// this exact core and an idle machine predicts the larger part of the duration, not its jitter.
/// </para>
/// </summary>
internal sealed class SpeculativeExecutionSource : MeasuredSource
{
    private const int BranchesPerSample = 4096;
    private const int WarmUpSamples = 200;
    private const ulong Multiplier = 6_364_136_223_846_793_005; // Knuth, MMIX
    private const ulong Increment = 1_442_695_040_888_963_407;

    private ulong _result;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "speculative_execution",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of the same batch of 4,096 irregular branches, more than predictors learn. The state of predictor, caches and pipeline, shared with everything else on the core, varies it.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: the lowest of several recordings of 200,000 to 1,000,000 samples on a quiet 2-core virtual machine is 0.392 bits, and an eighth of so little is less than the health tests can watch",
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _result = 0;
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var result = _result;
        for (var i = 0; i < values.Length; i++)
        {
            var sequence = 1UL;
            var start = TickCounter.Read();
            for (var branch = 0; branch < BranchesPerSample; branch++)
            {
                sequence = (sequence * Multiplier) + Increment;
                // Two sides of several operations each: one assignment would be compiled to a conditional move.
                if ((long)sequence < 0)
                    result = (result ^ sequence) * 3;
                else
                    result = ulong.RotateLeft(result, 7) + sequence;
            }

            values[i] = TickCounter.Read() - start;
        }

        _result = result;
        return values.Length;
    }
}
