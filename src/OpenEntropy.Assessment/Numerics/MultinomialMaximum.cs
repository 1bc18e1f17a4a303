namespace OpenEntropy.Assessment.Numerics;

/// <summary>The largest of the counts of N independent values in k equally likely cells.</summary>
/// <remarks>
/// B. Levin, A Representation for Multinomial Cumulative Distribution Functions, Annals of Statistics 9 (1981), 1123–1126: N independent values
/// are k independent Poisson counts given that they sum to N, so that
/// P(max ≤ a) = P(Y ≤ a)^k · P(W = N) / P(Poisson(N) = N), with Y of Poisson(N/k) and W the sum of k counts Y that are at most a. W's
/// probability is taken from its Edgeworth expansion to the order 1/k.
/// </remarks>
internal static class MultinomialMaximum
{
    /// <summary>
    /// Where the sum S of the cells' own tails is below this, the answer, between S − S²/2 and S (Bonferroni, and the counts depend negatively on
    /// each other), is within 0.25 % of the middle, and 1 − P(max ≤ a) would lose digits.
    /// </summary>
    private const double UnionIsEnough = 0.01;

    /// <summary>P(max ≥ count).</summary>
    /// <param name="count">The count, 0 … N.</param>
    /// <param name="values">N, 1 at least.</param>
    /// <param name="cells">k, 30 at least, where the expansion is within 0.001.</param>
    public static double UpperTail(int count, int values, int cells)
    {
        if (count <= (values + cells - 1) / cells)
            return 1; // One cell always has the average.
        if (count > values)
            return 0;
        var union = cells * DiscreteDistribution.Binomial(values, 1.0 / cells).UpperTail(count);
        return union < UnionIsEnough ? union - (union * union / 4) : Math.Clamp(1 - AtMost(count - 1, values, cells), 0, 1);
    }

    private static double AtMost(int limit, int values, int cells)
    {
        var mean = (double)values / cells;
        var (inside, average, variance, skewness, excess) = Truncated(mean, limit);
        var deviation = Math.Sqrt(cells * variance);
        var x = (values - (cells * average)) / deviation;
        skewness /= Math.Sqrt(cells);
        excess /= cells;
        var square = x * x;
        var correction =
            1
            + (skewness / 6 * x * (square - 3))
            + (excess / 24 * ((square * (square - 6)) + 3))
            + (skewness * skewness / 72 * ((square * ((square * (square - 15)) + 45)) - 15));
        var logarithm = (cells * Math.Log(inside)) - (square / 2) - Math.Log(deviation) + StirlingOf(values);
        return Math.Exp(logarithm) * Math.Max(0, correction);
    }

    /// <summary>ln(1 / (√(2π) P(Poisson(N) = N))) = ln(N!) − N ln N + N − ln √(2π).</summary>
    private static double StirlingOf(int n) => (0.5 * Math.Log(n)) + (1.0 / (12.0 * n)) - (1.0 / (360.0 * n * n * n));

    /// <summary>P(Y ≤ limit), and Y's mean, variance, skewness and excess given that.</summary>
    private static (double Inside, double Mean, double Variance, double Skewness, double Excess) Truncated(double mean, int limit)
    {
        Span<double> moments = stackalloc double[5];
        var total = 0.0;
        var mode = (int)mean;
        // Relative to the mode's, about which both the sum and the moments are taken.
        for (var (k, p) = (mode, 1.0); k >= 0 && p > 1e-30; p *= k-- / mean)
            Add(moments, ref total, k, p);
        for (var (k, p) = (mode + 1, mean / (mode + 1)); p > 1e-30; p *= mean / ++k)
            Add(moments, ref total, k, p);
        for (var power = 1; power < moments.Length; power++)
            moments[power] /= moments[0];
        var m = moments[1];
        var variance = moments[2] - (m * m);
        var third = moments[3] - (3 * m * moments[2]) + (2 * m * m * m);
        var fourth = moments[4] - (4 * m * moments[3]) + (6 * m * m * moments[2]) - (3 * m * m * m * m);
        return (moments[0] / total, mode + m, variance, third / Math.Pow(variance, 1.5), (fourth / (variance * variance)) - 3);

        void Add(Span<double> sums, ref double all, int k, double p)
        {
            all += p;
            if (k > limit)
                return;
            for (var power = 0; power < sums.Length; power++, p *= k - mode)
                sums[power] += p;
        }
    }
}
