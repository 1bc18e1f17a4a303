namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// The exact mean and deviation of Maurer's statistic on random bits: Coron and Naccache, "An accurate evaluation of Maurer's universal test"
/// (SAC 1998). Distances overlap, so they are not independent: of K of them the variance of the mean is (d + e 2^L / K) Var / K.
/// </summary>
/// <param name="BlockValues">2^L.</param>
/// <param name="Mean">Of log2 of a distance.</param>
/// <param name="Variance">Of log2 of one distance.</param>
/// <param name="D">1 + 2 Σ Cov(k) / Var, over the distance k between two blocks.</param>
/// <param name="E">−2 Σ k Cov(k) / Var / 2^L.</param>
internal sealed record UniversalMoments(int BlockValues, double Mean, double Variance, double D, double E)
{
    /// <summary>Distances above this many times 2^L have a probability below 10^−13 together.</summary>
    private const int Horizon = 30;

    /// <summary>The deviation of the mean over K blocks.</summary>
    public double Deviation(int tested) => Math.Sqrt((D + (E * BlockValues / tested)) * Variance / tested);

    /// <summary>The moments for blocks of L bits.</summary>
    /// <param name="length">L, bits; the work is proportional to 2^L.</param>
    /// <param name="checkpoint">Called between its parts.</param>
    public static UniversalMoments Of(int length, Checkpoint? checkpoint = null)
    {
        var values = 1 << length;
        var p = 1.0 / values;
        var logarithms = new double[(2 * Horizon * values) + 1];
        for (var i = 1; i < logarithms.Length; i++)
            logarithms[i] = Math.Log2(i);
        checkpoint?.Invoke();
        var (mean, variance) = OneDistance(logarithms, p, Horizon * values);
        var dependence = Dependence(logarithms, p, mean, Horizon * values);
        checkpoint?.Invoke();
        var (sum, weighted) = Covariances(logarithms, p, dependence);
        return new UniversalMoments(values, mean, variance, 1 + (2 * sum / variance), -2 * weighted / variance / values);
    }

    private static (double Mean, double Variance) OneDistance(double[] logarithms, double p, int horizon)
    {
        var (first, second, probability) = (0.0, 0.0, p);
        for (var i = 1; i <= horizon; i++, probability *= 1 - p)
        {
            first += probability * logarithms[i];
            second += probability * logarithms[i] * logarithms[i];
        }

        return (first, second - (first * first));
    }

    /// <summary>
    /// Let v be the block at a position, last seen i blocks before it, and w ≠ v another, last seen h before the same position.
    /// r(h) = Σ over i ≠ h of P(i, h) log2 i, less what it were without dependence, mean · p (1−p)^(h−1).
    /// </summary>
    private static double[] Dependence(double[] logarithms, double p, double mean, int horizon)
    {
        // Σ over i > h of (1−p)^(i−h−1) log2 i, from the far end.
        var r = new double[horizon + 2];
        for (var h = horizon; h > 0; h--)
            r[h] = logarithms[h + 1] + ((1 - p) * r[h + 1]);
        var (nearer, neither, notW) = (0.0, 1.0, 1.0);
        for (var h = 1; h <= horizon; h++)
        {
            r[h] = nearer + (p * p * neither * r[h]) - (mean * p * notW);
            nearer = ((1 - p) * nearer) + (p * p * neither * logarithms[h]);
            neither *= 1 - (2 * p);
            notW *= 1 - p;
        }

        return r;
    }

    /// <summary>Σ Cov(k) and Σ k Cov(k), where Cov(k) = (1−p)^k Σ over h of r(h) log2(k + h), summed by s = k + h.</summary>
    private static (double Sum, double Weighted) Covariances(double[] logarithms, double p, double[] r)
    {
        var (sum, weighted, inner, innerWeighted) = (0.0, 0.0, 0.0, 0.0);
        for (var s = 1; s < logarithms.Length; s++)
        {
            sum += logarithms[s] * inner;
            weighted += logarithms[s] * innerWeighted;
            var added = inner + (s < r.Length - 1 ? r[s] : 0);
            innerWeighted = (1 - p) * (innerWeighted + added);
            inner = (1 - p) * added;
        }

        return (sum, weighted);
    }
}
