namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// A distribution of counts with one mode, held as the probabilities that are above 10^−100 of the mode's; p-values below about 10^−100 are 0.
/// </summary>
internal sealed class DiscreteDistribution
{
    private const double Negligible = 1e-100;

    private readonly int _first;
    private readonly double[] _probabilities;
    private readonly double[] _smallerTails;

    private DiscreteDistribution(int mode, int last, Func<int, double> ratio)
    {
        var below = new List<double>();
        for (var (k, p) = (mode, 1.0); k > 0 && (p /= ratio(k - 1)) > Negligible; k--)
            below.Add(p);
        var above = new List<double>();
        for (var (k, p) = (mode, 1.0); k < last && (p *= ratio(k)) > Negligible; k++)
            above.Add(p);
        _first = mode - below.Count;
        _probabilities = [.. Enumerable.Reverse(below), 1, .. above];
        var total = _probabilities.Sum();
        for (var i = 0; i < _probabilities.Length; i++)
            _probabilities[i] /= total;
        _smallerTails = SmallerTails(_probabilities);
    }

    /// <summary>Counts of rare coincidences.</summary>
    /// <param name="mean">λ, above 0 and at most 10^8.</param>
    public static DiscreteDistribution Poisson(double mean) => new((int)mean, int.MaxValue, k => mean / (k + 1.0));

    /// <summary>Successes in independent trials.</summary>
    /// <param name="trials">N, 1 at least.</param>
    /// <param name="probability">Of a success, between 0 and 1.</param>
    public static DiscreteDistribution Binomial(int trials, double probability) =>
        new((int)((trials + 1.0) * probability), trials, k => (trials - (double)k) / (k + 1.0) * probability / (1 - probability));

    /// <summary>
    /// The two-sided p-value: the probability of all counts whose smaller tail is no greater than the observed one's. Unlike twice the smaller
    /// tail it is attained exactly: P(p ≤ α) = α at every α that is attainable.
    /// </summary>
    /// <remarks>H. Blaker, Confidence curves and improved exact confidence intervals for discrete distributions, Canadian Journal of Statistics 28 (2000), 783–798.</remarks>
    /// <param name="count">The observed count.</param>
    /// <returns>The p-value, and the probability of this count itself.</returns>
    public (double PValue, double PointProbability) TwoSided(int count)
    {
        var at = count - _first;
        if (at < 0 || at >= _probabilities.Length)
            return (0, 0);
        var limit = _smallerTails[at] * (1 + 1e-12);
        var p = 0.0;
        for (var i = 0; i < _probabilities.Length; i++)
        {
            if (_smallerTails[i] <= limit)
                p += _probabilities[i];
        }

        return (Math.Min(1, p), _probabilities[at]);
    }

    /// <summary>P(X ≥ count), to a relative precision.</summary>
    /// <param name="count">0 and more.</param>
    public double UpperTail(int count)
    {
        var p = 0.0;
        for (var i = _probabilities.Length - 1; i >= Math.Max(0, count - _first); i--)
            p += _probabilities[i];
        return Math.Min(1, p);
    }

    private static double[] SmallerTails(double[] probabilities)
    {
        var tails = new double[probabilities.Length];
        var sum = 0.0;
        for (var i = 0; i < tails.Length; i++)
            tails[i] = sum += probabilities[i];
        sum = 0;
        for (var i = tails.Length - 1; i >= 0; i--)
            tails[i] = Math.Min(tails[i], sum += probabilities[i]);
        return tails;
    }
}
