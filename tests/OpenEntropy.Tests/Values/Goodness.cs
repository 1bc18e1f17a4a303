namespace OpenEntropy.Tests.Values;

/// <summary>Goodness of fit, for the tests of the mappings.</summary>
internal static class Goodness
{
    /// <summary>
    /// Pearson's χ² of counts that should be alike, as standard deviations above its mean by the cube root of Wilson and Hilferty (1931), which is
    /// close to normal: 3.09 is p = 0.001.
    /// </summary>
    public static double ChiSquareScore(IReadOnlyCollection<long> counts, IReadOnlyCollection<double> expected)
    {
        var statistic = counts.Zip(expected, (count, mean) => (count - mean) * (count - mean) / mean).Sum();
        double freedom = counts.Count - 1;
        var spread = 2 / (9 * freedom);
        return (Math.Cbrt(statistic / freedom) - (1 - spread)) / Math.Sqrt(spread);
    }

    /// <summary>The same where all are equally likely.</summary>
    public static double ChiSquareScore(IReadOnlyCollection<long> counts)
    {
        var mean = counts.Sum() / (double)counts.Count;
        return ChiSquareScore(counts, [.. counts.Select(_ => mean)]);
    }

    /// <summary>The p-value of the Kolmogorov-Smirnov test by the asymptotic distribution, for thousands of values.</summary>
    /// <param name="values">The values; sorted in place.</param>
    /// <param name="distribution">The distribution function they should have.</param>
    public static double KolmogorovSmirnov(double[] values, Func<double, double> distribution)
    {
        Array.Sort(values);
        var farthest = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var expected = distribution(values[i]);
            farthest = Math.Max(farthest, Math.Max(expected - ((double)i / values.Length), ((i + 1.0) / values.Length) - expected));
        }

        var scaled = farthest * farthest * values.Length;
        return 2 * Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * scaled));
    }

    /// <summary>The standard normal distribution function by its Taylor series around 0 (Abramowitz and Stegun, 26.2.11), for |x| below 7.</summary>
    public static double Normal(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); n += 2)
        {
            term *= x * x / n;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
