namespace OpenEntropy.Pqc.Tests.Falcon.Sampling;

/// <summary>Pearson's test against a discrete Gaussian.</summary>
internal static class ChiSquared
{
    private const double LeastExpected = 20;

    /// <summary>
    /// (χ² − degrees of freedom) / √(2 degrees of freedom), near the standard normal distribution for the right one. Integers that are expected fewer
    /// than 20 times are taken together, those below and those above.
    /// </summary>
    public static double Excess(IReadOnlyCollection<int> samples, double center, double deviation)
    {
        var reach = (int)(deviation * 10) + 2;
        var values = Enumerable.Range((int)Math.Floor(center) - reach, (2 * reach) + 1).ToArray();
        var weights = values.Select(z => Math.Exp(-(z - center) * (z - center) / (2 * deviation * deviation))).ToArray();
        var expected = weights.Select(weight => weight / weights.Sum() * samples.Count).ToArray();
        var counts = samples.CountBy(z => z).ToDictionary();
        if (counts.Keys.Any(z => z < values[0] || z > values[^1]))
            return double.PositiveInfinity;

        var (statistic, cells, low, restExpected, restCount) = (0.0, 0, true, 0.0, 0.0);
        foreach (var (z, mean) in values.Zip(expected))
        {
            var count = counts.GetValueOrDefault(z);
            if (mean >= LeastExpected)
            {
                if (low)
                    Close();
                low = false;
                (restExpected, restCount) = (mean, count);
                Close();
                continue;
            }
            restExpected += mean;
            restCount += count;
        }
        Close();
        return (statistic - (cells - 1)) / Math.Sqrt(2.0 * (cells - 1));

        void Close()
        {
            if (restExpected > 0)
            {
                statistic += (restCount - restExpected) * (restCount - restExpected) / restExpected;
                cells++;
            }
            (restExpected, restCount) = (0, 0);
        }
    }
}
