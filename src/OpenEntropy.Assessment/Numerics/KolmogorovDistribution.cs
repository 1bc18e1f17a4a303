namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// The distribution of D_N, the largest distance between the empirical distribution function of N independent values and their continuous
/// distribution function (Kolmogorov 1933), both tails.
/// </summary>
/// <remarks>
/// The limit of √N D_N, taken at √N D + 1/(6√N) + (√N D − 1)/(4N) as J. Vrbik (Small-Sample Corrections to Kolmogorov–Smirnov Test Statistic,
/// Pioneer Journal of Theoretical and Applied Statistics 15, 2018) derives it: within 0.0006 from N = 20 on, 0.0002 from N = 100 on.
/// </remarks>
internal static class KolmogorovDistribution
{
    /// <summary>Below it the series of the lower tail converges faster, above it that of the upper.</summary>
    private const double Between = 1.0;

    /// <summary>P(D_N ≥ d) and P(D_N &lt; d), each to a relative precision.</summary>
    /// <param name="distance">d, 0 to 1.</param>
    /// <param name="count">N, 10 at least.</param>
    public static (double Upper, double Lower) Tails(double distance, int count)
    {
        var root = Math.Sqrt(count);
        var scaled = root * distance;
        var x = scaled + (1 / (6 * root)) + ((scaled - 1) / (4.0 * count));
        if (x >= Between)
        {
            var upper = Upper(x);
            return (upper, 1 - upper);
        }

        var lower = Lower(x);
        return (1 - lower, lower);
    }

    /// <summary>2 Σ (−1)^(k−1) e^(−2k²x²).</summary>
    private static double Upper(double x)
    {
        var sum = 0.0;
        for (var k = 1; k <= 5; k++)
            sum += (k % 2 == 0 ? -2 : 2) * Math.Exp(-2.0 * k * k * x * x);
        return Math.Min(1, sum);
    }

    /// <summary>√(2π)/x Σ e^(−(2k−1)²π²/(8x²)), the same by Jacobi's transformation.</summary>
    private static double Lower(double x)
    {
        if (x <= 0)
            return 0;
        var sum = 0.0;
        for (var k = 1; k <= 5; k++)
        {
            var odd = ((2 * k) - 1) * Math.PI;
            sum += Math.Exp(-(odd * odd) / (8 * x * x));
        }

        return Math.Sqrt(2 * Math.PI) / x * sum;
    }
}
