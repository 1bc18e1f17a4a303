using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time that a fixed batch of data-dependent branches takes.
/// <para>
/// <b>Measured.</b> The branches follow the high bits of a fixed linear congruential sequence, which no predictor learns, so about half of them
/// are mispredicted and the processor throws away and repeats speculative work.
/// </para>
/// <para>
/// <b>Why it varies.</b> The state of predictors, instruction cache and pipeline that this core shares with interrupts, the kernel, the
/// hypervisor and, with simultaneous multithreading, a neighbour; and the drift of the core's clock against the counter's. The part that the
/// sequence itself decides is no entropy: replaying it shows how small that part is, and the claim leaves room for it.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine or container runs the same pipeline; the hypervisor's interruptions add to it, and a
/// container's quota of processor time may stop the thread in between. A co-tenant on the same core sees and disturbs the predictor. An attacker with
/// this exact core, an idle machine and the position in the sequence predicts the larger part of the duration, not its jitter.
/// </para>
/// </summary>
internal sealed class SpeculativeExecutionSource : MeasuredSource
{
    private const int BranchesPerSample = 64;
    private const int WarmUpSamples = 2000;
    private const ulong Multiplier = 6_364_136_223_846_793_005; // Knuth, MMIX
    private const ulong Increment = 1_442_695_040_888_963_407;

    private ulong _sequence;
    private ulong _result;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new NoiseSourceInfo
        {
            Name = "speculative_execution",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of a fixed batch of branches that no predictor learns. The state of predictor, caches and pipeline, shared with everything else on the core, varies it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 1.7 / 8),
            ClaimBasis =
                "An eighth of 1.7 bits; the lowest of several assessments of such a batch is 1.859 (1,000,000 samples; others, of as many, gave 4.442 and more)",
        }.ClaimedOnX64LinuxAlone(OperatingSystem.IsLinux(), RuntimeInformation.ProcessArchitecture);

    /// <inheritdoc/>
    protected internal override void Open()
    {
        (_sequence, _result) = (1, 0);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var sequence = _sequence;
        var result = _result;
        for (var i = 0; i < values.Length; i++)
        {
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

        _sequence = sequence;
        _result = result;
        return values.Length;
    }
}
