namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// Steps 7 and 8 of SP 800-90B, 6.3.4: the probability at which the expected statistic is the one that was seen. A bisection decides its last digits,
/// some fifty evaluations, each over a million terms where the data hardly change. Since the function falls, all of them but those beside the root
/// are known beforehand once it is known to within a little, and that takes an approximation and one exact evaluation on either side.
/// </summary>
internal static class CompressionRoot
{
    private const double Least = 1.0 / CompressionEstimate.BlockValues;

    // How far the approximate root is trusted at first, relative to its distance from 0 and 1, and how far at last.
    private const double FirstWidth = 1.0 / (1L << 44);
    private const double LastWidth = 1.0 / (1L << 20);
    private const double FewUnits = 1.0 / (1L << 52);

    // What the rounding of the expected statistic cannot make up for.
    private const double Margin = 1.0 / (1L << 48);

    /// <summary>p, or 1/64 if no probability explains so high a mean.</summary>
    /// <param name="blocks">The number of blocks, those of the dictionary included.</param>
    /// <param name="lowerMean">X-bar', bits.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static double Find(int blocks, double lowerMean, Checkpoint? checkpoint)
    {
        var logarithms = new IntegerLogarithms(blocks);
        var exact = new CompressionExpectation(blocks, logarithms, checkpoint);
        if (!(exact.At(Least) > lowerMean))
            return Least;

        var approximate = new CompressionApproximation(blocks, logarithms, checkpoint);
        var guess = Bisection.Solve(approximate.At, lowerMean, Least, onFailure: Least);
        var (below, above) = Bracket(exact, guess, lowerMean);
        return Bisection.Solve(
            p =>
                p <= below ? double.PositiveInfinity
                : p >= above ? double.NegativeInfinity
                : exact.At(p),
            lowerMean,
            Least,
            onFailure: Least
        );
    }

    /// <summary>Two numbers around the approximate root between which the exact one lies, as exact evaluations say; all there is if they do not.</summary>
    private static (double Below, double Above) Bracket(CompressionExpectation exact, double guess, double lowerMean)
    {
        var margin = Math.Abs(lowerMean) * Margin;
        for (var width = FirstWidth; width <= LastWidth; width *= 64)
        {
            var distance = Math.Max(width * Math.Min(guess, 1 - guess), FewUnits);
            var (below, above) = (guess - distance, guess + distance);
            if (below <= Least || exact.At(below) - margin <= lowerMean)
                continue;
            if (above >= 1 || exact.At(above) + margin < lowerMean)
                return (below, above);
        }

        return (Least, 1);
    }
}
