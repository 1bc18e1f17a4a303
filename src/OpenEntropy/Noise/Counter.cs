using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise;

/// <summary>
/// The time stamp counter that timing sources read, and its granularity: where the counter moves in steps of g ticks, every delta is a
/// multiple of g give or take the rounding to ticks, and the low byte of the undivided delta would hold less than the measurement does.
/// </summary>
public static class Counter
{
    private const int Readings = 1024;
    private const int LongestRefinement = 1_000_000; // ticks
    private const int AttemptsPerSpan = 16;

    /// <summary>
    /// The counter's step in ticks, not always a whole number (a 100 MHz clock read through a conversion to nanoseconds moves by 10.01);
    /// 1 where the counter moves by single ticks.
    /// </summary>
    public static double Granularity { get; } = MeasureGranularity();

    private static readonly double StepsPerTick = 1 / Granularity;

    /// <summary>The counter, in ticks of <see cref="Stopwatch.Frequency"/>.</summary>
    public static long Read() => Stopwatch.GetTimestamp();

    /// <summary>The digitization every timing source uses: the low byte of the delta, after dividing out the counter's granularity.</summary>
    /// <param name="delta">A duration in ticks, not negative.</param>
    public static byte Digitize(long delta) => (byte)(long)((delta * StepsPerTick) + 0.5);

    /// <summary>Fixed workloads of up to 2,048 dependent steps, about a cycle each, so that the deltas are spread evenly over some hundred ticks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MeasureGranularity()
    {
        Span<long> deltas = stackalloc long[Readings];
        var sink = 1L;
        for (var i = 0; i < Readings; i++)
        {
            var start = Read();
            for (var k = 2 * i; k > 0; k--)
                sink += sink ^ k;
            deltas[i] = Read() - start + (sink & 0);
        }

        return Refine(CounterStep.Estimate(deltas));
    }

    /// <summary>
    /// Longer and longer spans hold a number of steps that the step known so far gives exactly, and give the step more exactly in turn.
    /// A span stretched by an interruption is measured again.
    /// </summary>
    private static double Refine(double step)
    {
        var attempts = 0;
        for (var span = 1000.0; step > 1 && span < LongestRefinement && attempts < AttemptsPerSpan; attempts++)
        {
            var start = Read();
            long elapsed;
            do elapsed = Read() - start;
            while (elapsed < span);

            if (elapsed > 1.25 * span)
                continue;
            step = elapsed / Math.Round(elapsed / step);
            span *= 1.5;
            attempts = 0;
        }

        return step;
    }
}
