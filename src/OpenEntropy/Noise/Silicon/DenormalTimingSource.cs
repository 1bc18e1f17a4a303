using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise.Silicon;

/// <summary>
/// The time of fixed arithmetic on numbers too small for the processor's usual form (denormals, IEEE 754's subnormals).
/// <para>
/// <b>Measured.</b> A fixed number of multiplications and additions of doubles, each depending on the one before, whose operands and results all
/// lie below 2^-1022. Many processors leave their fast path for them, some for over a hundred cycles each.
/// </para>
/// <para>
/// <b>Why it varies.</b> What the slow path takes from the pipeline that it shares with interrupts and, with simultaneous multithreading, a
/// neighbour; where interrupts fall; and the drift of the core's clock against the counter's. The numbers are the same every time and no source of
/// entropy.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine or container runs the same pipeline; the hypervisor's interruptions add to it. A co-tenant on
/// the same core sees and disturbs it. An attacker with an idle machine of the same type predicts most of the duration, not its jitter, which is why
/// nothing is claimed.
/// </para>
/// </summary>
internal sealed class DenormalTimingSource : MeasuredSource
{
    private const int StepsPerSample = 8192;
    private const int WarmUpSamples = 64;
    private const double Seed = 1.5e-310; // 2^-1022 is about 2.2e-308

    private double _value;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "denormal_timing",
            Category = NoiseCategory.Silicon,
            Mechanism =
                "Time of fixed arithmetic on denormal numbers, off the processor's fast path. The shared pipeline, interrupts and the drift of the core's clock vary it.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: the lowest of several recordings of 389,833 and 1,000,000 samples on a quiet 2-core virtual machine is 0.544 bits, and an eighth of so little is less than the health tests can watch",
        };

    /// <summary>The number the arithmetic has come to.</summary>
    internal double Value => _value;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _value = Seed;
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var value = _value;
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            for (var step = 0; step < StepsPerSample; step++)
                value = (value * 0.75) + 1e-311; // tends to 4e-311 and stays a denormal
            // Written where another thread could see it before the clock is read: the compiler may neither drop the loop nor move it.
            Volatile.Write(ref _value, value);
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }
}
