using System.Diagnostics;
using System.Numerics;

namespace OpenEntropy.Noise;

/// <summary>
/// The time stamp counter that timing sources read, and its granularity: where the counter moves in steps of g ticks, every delta is a
/// multiple of g, and the low byte of the undivided delta would hold less than the measurement does.
/// </summary>
public static class Counter
{
    private const int GranularityReadings = 4096;

    /// <summary>The greatest common divisor of the deltas of consecutive, differing readings, in ticks; 1 where the counter moves by single ticks.</summary>
    public static long Granularity { get; } = MeasureGranularity(GranularityReadings);

    /// <summary>The counter, in ticks of <see cref="Stopwatch.Frequency"/>.</summary>
    public static long Read() => Stopwatch.GetTimestamp();

    /// <summary>The digitization every timing source uses: the low byte of the delta, after dividing out the counter's granularity.</summary>
    /// <param name="delta">A duration in ticks.</param>
    public static byte Digitize(long delta) => (byte)(Granularity == 1 ? delta : delta / Granularity);

    private static long MeasureGranularity(int readings)
    {
        long divisor = 0;
        var previous = Read();
        for (var i = 0; i < readings; i++)
        {
            var now = Read();
            divisor = (long)BigInteger.GreatestCommonDivisor(divisor, now - previous);
            previous = now;
        }

        return Math.Max(1, divisor);
    }
}
