using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise;

/// <summary>
/// The time stamp counter that timing sources read, and its granularity: where the counter moves in steps of g ticks, every delta is a
/// multiple of g give or take the rounding to ticks, and the low byte of the undivided delta would hold less than the measurement does.
/// </summary>
public static class TickCounter
{
    private const int Readings = 1024;

    /// <summary>
    /// The counter's step in ticks, not always a whole number (a 100 MHz clock read through a conversion to nanoseconds moves by 10.01);
    /// 1 where the counter moves by single ticks.
    /// </summary>
    public static double Granularity { get; } = MeasureGranularity();

    private static readonly double StepsPerTick = 1 / Granularity;

    /// <summary>Why durations measured by this counter say nothing, in one clause; null where they do.</summary>
    public static string? WhyUseless { get; private set; }

    /// <summary>
    /// Measures the granularity now, in a few milliseconds, unless that was done; otherwise the first reading does. For a quiet moment before
    /// sources run side by side, since contention blurs the measurement.
    /// </summary>
    public static void Measure() => RuntimeHelpers.RunClassConstructor(typeof(TickCounter).TypeHandle);

    /// <summary>The counter, in ticks of <see cref="Stopwatch.Frequency"/>.</summary>
    public static long Read() => Stopwatch.GetTimestamp();

    /// <summary>The digitization every timing source uses: the low byte of the delta, after dividing out the counter's granularity.</summary>
    /// <param name="delta">A duration in ticks, not negative.</param>
    /// <exception cref="NoiseSourceException">The counter stands still or its steps are too coarse: <see cref="WhyUseless"/>.</exception>
    public static byte Digitize(long delta) => Digitize(delta, StepsPerTick, WhyUseless);

    /// <summary>A source that times anything meets the refusal here, at the first sample of its opening, and cannot forget to ask.</summary>
    internal static byte Digitize(long delta, double stepsPerTick, string? whyUseless) =>
        whyUseless is null ? (byte)(long)((delta * stepsPerTick) + 0.5) : throw new NoiseSourceException(whyUseless);

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

        WhyUseless = CounterStep.WhyUseless(deltas);
        return WhyUseless is null ? CounterStep.Refine(CounterStep.Estimate(deltas), Read) : 1;
    }
}
