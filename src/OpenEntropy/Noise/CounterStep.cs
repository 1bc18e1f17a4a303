namespace OpenEntropy.Noise;

/// <summary>Finds the step of a counter in deltas of its readings.</summary>
internal static class CounterStep
{
    private const double Shortest = 6; // ticks; under it the rounding to ticks hides the step, and ignoring it costs less than three bits
    private const double Ratio = 1.005; // of one candidate to the next
    private const int MostPeriods = 32; // in a delta, so that a candidate half a ratio off the step still agrees with it
    private const int LongestRefinement = 1_000_000; // ticks
    private const int AttemptsPerSpan = 16;
    private const double Threshold = 0.6; // evenly spread deltas stay under 0.2, rounded multiples of six ticks and more reach 0.9

    /// <summary>
    /// Why durations measured by a counter say nothing, in one clause; null where they do. Where most of the deltas are 0, the counter stands
    /// still or moves in steps longer than the workloads, and those are about as long as the operations that noise sources time.
    /// </summary>
    /// <param name="deltas">As for <see cref="Estimate"/>.</param>
    public static string? WhyUseless(ReadOnlySpan<long> deltas)
    {
        var zeros = deltas.Count(0L);
        return zeros == deltas.Length ? "the clock stands still"
            : zeros > deltas.Length / 2 ? "the clock moves in steps too coarse to time anything short"
            : null;
    }

    /// <summary>The step in ticks: the greatest common divisor where it is above 1, else the longest period that the deltas keep, else 1.</summary>
    /// <param name="deltas">Some hundred durations in ticks, spread evenly over many steps. They are sorted.</param>
    public static double Estimate(Span<long> deltas)
    {
        long divisor = 0;
        foreach (var delta in deltas)
            divisor = GreatestCommonDivisor(divisor, delta);
        if (divisor != 1)
            return Math.Max(1, divisor);

        deltas.Sort();
        return LongestPeriod(deltas[(deltas.Length / 10)..^(deltas.Length / 10)]); // without the interrupted ones
    }

    /// <summary>
    /// Longer and longer spans hold a number of steps that the step known so far gives exactly, and give the step more exactly in turn.
    /// A span stretched by an interruption is measured again.
    /// </summary>
    /// <param name="step">What <see cref="Estimate"/> gave.</param>
    /// <param name="read">Reads the counter, in ticks.</param>
    public static double Refine(double step, Func<long> read)
    {
        var attempts = 0;
        for (var span = 1000.0; step > 1 && span < LongestRefinement && attempts < AttemptsPerSpan; attempts++)
        {
            var start = read();
            long elapsed;
            do elapsed = read() - start;
            while (elapsed < span);

            if (elapsed > 1.25 * span)
                continue;
            step = elapsed / Math.Round(elapsed / step);
            span *= 1.5;
            attempts = 0;
        }

        return step;
    }

    /// <summary>Periods above a quarter of the spread are not asked for: deltas that fall within one period agree with any.</summary>
    private static double LongestPeriod(ReadOnlySpan<long> sorted)
    {
        for (var period = (sorted[^1] - sorted[0]) / 4.0; period >= Shortest; period /= Ratio)
        {
            if (Concentration(sorted, period) < Threshold)
                continue;
            while (Concentration(sorted, period / Ratio) > Concentration(sorted, period)) // uphill to the peak
                period /= Ratio;
            return period;
        }

        return 1;
    }

    /// <summary>The length of the mean of exp(2πi·delta/period): 1 where all deltas are multiples of the period, near 0 where they are not.</summary>
    private static double Concentration(ReadOnlySpan<long> sorted, double period)
    {
        double cosines = 0;
        double sines = 0;
        var counted = 0;
        for (; counted < sorted.Length && sorted[counted] <= sorted[0] + (MostPeriods * period); counted++)
        {
            var (sine, cosine) = Math.SinCos(Math.Tau * sorted[counted] / period);
            sines += sine;
            cosines += cosine;
        }

        return Math.Sqrt((sines * sines) + (cosines * cosines)) / counted;
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
