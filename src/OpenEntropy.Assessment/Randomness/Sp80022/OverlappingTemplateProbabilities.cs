namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>The probabilities that a block of M random bits holds 0, 1, 2, 3, 4, or 5 and more windows of m ones.</summary>
internal static class OverlappingTemplateProbabilities
{
    /// <summary>K + 1.</summary>
    public const int Classes = 6;

    /// <summary>Bits between two checkpoints, about a millisecond's work.</summary>
    private const int CheckpointInterval = 1 << 12;

    /// <summary>
    /// As they stand in 2.8.4 for m = 9 and M = 1032, by K. Hamano and T. Kaneko, "Correction of overlapping template matching test included in NIST
    /// randomness test suite", IEICE Transactions on Fundamentals E90-A, 2007. <see cref="Exact"/> gives these digits.
    /// </summary>
    public static readonly double[] Published = [0.364091, 0.185659, 0.139381, 0.100571, 0.0704323, 0.139865];

    /// <summary>
    /// Exact, by following the distribution of (the ones at the end, the windows so far) through the block.
    /// </summary>
    /// <param name="m">The template's length, bits.</param>
    /// <param name="blockLength">M, bits.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static double[] Exact(int m, int blockLength, Checkpoint? checkpoint = null)
    {
        // state[run, windows]: m ones and more at the end are one state, as are 5 windows and more.
        var state = new double[m + 1, Classes];
        var next = new double[m + 1, Classes];
        state[0, 0] = 1;
        for (var bit = 0; bit < blockLength; bit++)
        {
            Advance(state, next, m);
            (state, next) = (next, state);
            if (bit % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        var probabilities = new double[Classes];
        for (var run = 0; run <= m; run++)
        {
            for (var windows = 0; windows < Classes; windows++)
                probabilities[windows] += state[run, windows];
        }

        return probabilities;
    }

    /// <summary>
    /// The compound Poisson distribution of 3.8, η = λ/2: p(u) = e^−η 2^−u Σ C(u−1, l−1) η^l / l! over l = 1 … u, and p(0) = e^−η. For m = 9 and
    /// M = 1032 it is up to 4 · 10⁻³ off.
    /// </summary>
    /// <param name="m">The template's length, bits.</param>
    /// <param name="blockLength">M, bits.</param>
    public static double[] Approximate(int m, int blockLength)
    {
        var eta = Math.ScaleB(blockLength - m + 1, -m) / 2;
        var probabilities = new double[Classes];
        probabilities[0] = Math.Exp(-eta);
        for (var u = 1; u < Classes - 1; u++)
        {
            var term = eta;
            for (var l = 1; l <= u; l++)
            {
                probabilities[u] += term;
                term *= eta * (u - l) / (l * (l + 1));
            }

            probabilities[u] *= Math.ScaleB(Math.Exp(-eta), -u);
        }

        probabilities[^1] = 1 - probabilities.Sum();
        return probabilities;
    }

    /// <summary>One bit more.</summary>
    private static void Advance(double[,] state, double[,] next, int m)
    {
        Array.Clear(next);
        for (var run = 0; run <= m; run++)
        {
            for (var windows = 0; windows < Classes; windows++)
            {
                var half = state[run, windows] / 2;
                next[0, windows] += half;
                var longer = Math.Min(run + 1, m);
                next[longer, longer == m ? Math.Min(windows + 1, Classes - 1) : windows] += half;
            }
        }
    }
}
