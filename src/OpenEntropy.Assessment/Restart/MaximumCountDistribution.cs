namespace OpenEntropy.Assessment.Restart;

/// <summary>The distribution of the greatest count as a table.</summary>
internal sealed class MaximumCountDistribution
{
    private const double Negligible = 1e-18;

    private MaximumCountDistribution(int first, double[] cumulative) => (First, Cumulative) = (first, cumulative);

    /// <summary>The first count of the table; less is less likely than 1e-18, or impossible.</summary>
    public int First { get; }

    /// <summary>P(max ≤ First + i), never falling; the last is 1.</summary>
    public double[] Cumulative { get; }

    /// <summary>Computes the table.</summary>
    /// <param name="source">Where the samples come from.</param>
    /// <param name="samples">n.</param>
    /// <param name="checkpoint">Called for every count looked at.</param>
    public static MaximumCountDistribution Of(WorstCaseSource source, int samples, Checkpoint? checkpoint)
    {
        // From the middle to both sides, as far as there is anything to tell.
        var maximum = new MaximumCount(source, samples);
        var middle = (int)Math.Ceiling(samples * source.Probability);
        List<double> cumulative = [maximum.AtMost(middle)];
        for (var most = middle + 1; cumulative[^1] < 1 - 1e-15; most++)
        {
            checkpoint?.Invoke();
            cumulative.Add(Math.Max(cumulative[^1], maximum.AtMost(most)));
        }

        cumulative[^1] = 1;
        List<double> below = [];
        for (var most = middle - 1; most >= 0 && (below.Count == 0 ? cumulative[0] : below[^1]) > Negligible; most--)
        {
            checkpoint?.Invoke();
            below.Add(Math.Min(below.Count == 0 ? cumulative[0] : below[^1], maximum.AtMost(most)));
        }

        below.Reverse();
        return new MaximumCountDistribution(middle - below.Count, [.. below, .. cumulative]);
    }

    /// <summary>The smallest count that the maximum exceeds with probability α at most.</summary>
    public int Quantile(double alpha) => First + Array.FindIndex(Cumulative, probability => probability >= 1 - alpha);
}
