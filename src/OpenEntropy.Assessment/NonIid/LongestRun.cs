using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// P_local of SP 800-90B, 6.3.7 to 6.3.10: how probable a right prediction must be for the longest run of them to be that long (Feller, An
/// Introduction to Probability Theory and Its Applications, XIII.7).
/// </summary>
internal static class LongestRun
{
    private const int MostIterations = 66;

    // ln 0.99: the probability of no run of length r.
    private static readonly double s_target = Math.Log(0.99);

    // 2^-63: the relative distance of neighbouring numbers of the extended format at most.
    private static readonly Extended s_epsilon = Extended.Scaled(1, -63);

    /// <summary>The probability p above some other at which 99 of 100 sequences have no run of a length; null if there is none.</summary>
    /// <param name="length">r, the length of the run.</param>
    /// <param name="predictions">N.</param>
    /// <param name="above">What p must exceed to matter.</param>
    public static double? Probability(long length, long predictions, double above)
    {
        if (above >= 1 || !(LogNoRun(above, length, predictions) > s_target))
            return null;
        return Bisection.Solve(p => LogNoRun(p, length, predictions), s_target, above, 1.0);
    }

    /// <summary>
    /// The logarithm of the probability that N trials, each a success with probability p, have no run of r successes:
    /// (1 - p x) / ((r + 1 - r x) q x^(N + 1)) with x the root near 1 of 1 - x + q p^r x^(r + 1). Minus infinity where no such sequence is left; NaN
    /// where x is so near a double root that neither part is left.
    /// </summary>
    internal static double LogNoRun(double probability, long r, long predictions)
    {
        Extended p = probability;
        var q = 1L - p;
        var x = Root(p, q, r);

        var numerator = 1L - p * x;
        var denominator = ((Extended)(r + 1) - r * x) * q;
        var (hasNumerator, hasDenominator) = (numerator > 0L, denominator > 0L);
        if (!hasNumerator || !hasDenominator)
            return hasDenominator ? double.NegativeInfinity
                : hasNumerator ? double.PositiveInfinity
                : double.NaN;
        return (Extended.Ln(numerator) - Extended.Ln(denominator) - (predictions + 1) * Extended.Ln(x)).ToDouble();
    }

    /// <summary>x = 1 + q p^r x^(r + 1), from x = 1 upwards.</summary>
    private static Extended Root(Extended p, Extended q, long r)
    {
        var step = q * Extended.Pow(p, r);
        Extended last = 0L;
        Extended x = 1L;
        for (var i = 0; i < MostIterations && x - last > s_epsilon * x; i++)
        {
            last = x;
            x = 1L + step * Extended.Pow(x, r + 1);
        }

        return x;
    }
}
