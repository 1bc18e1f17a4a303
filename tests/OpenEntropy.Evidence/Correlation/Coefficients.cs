namespace OpenEntropy.Evidence.Correlation;

/// <summary>How much two series go together, pair by pair.</summary>
internal static class Coefficients
{
    private const double Deviations = 3;
    private const int Blocks = 32;
    private const int LeastInBlock = 8;

    /// <summary>Pearson's coefficient.</summary>
    /// <param name="x">One series, in the order of time.</param>
    /// <param name="y">The other, of the same length.</param>
    public static Coefficient Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"The series have {x.Length} and {y.Length} values.", nameof(y));
        if (x.Length < 2)
            return new Coefficient(Value: null, double.PositiveInfinity);

        // About a value nearby, so that the sums lose no digits.
        var (originX, originY) = (x[0], y[0]);
        Span<Sums> blocks = stackalloc Sums[Blocks];
        var all = default(Sums);
        for (var block = 0; block < Blocks; block++)
        {
            var (from, to) = ((int)((long)x.Length * block / Blocks), (int)((long)x.Length * (block + 1) / Blocks));
            for (var i = from; i < to; i++)
                blocks[block].Add(x[i] - originX, y[i] - originY);
            all = all.With(blocks[block], 1);
        }

        return new Coefficient(all.Correlation, Deviations * Math.Max(1 / Math.Sqrt(x.Length), Jackknife(all, blocks)));
    }

    /// <summary>Spearman's rank coefficient: Pearson's of the ranks, so that a few long measurements do not decide it.</summary>
    /// <param name="x">One series, in the order of time.</param>
    /// <param name="y">The other, of the same length.</param>
    public static Coefficient Spearman(ReadOnlySpan<long> x, ReadOnlySpan<long> y) => Pearson(Ranks(x), Ranks(y));

    /// <summary>The ranks from 1 on; equal values share the mean of theirs.</summary>
    /// <param name="values">A series.</param>
    public static double[] Ranks(ReadOnlySpan<long> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);

        var ranks = new double[sorted.Length];
        for (var first = 0; first < sorted.Length; )
        {
            var next = first + 1;
            while (next < sorted.Length && sorted[next] == sorted[first])
                next++;
            for (var i = first; i < next; i++)
                ranks[order[i]] = (first + 1 + next) / 2.0;
            first = next;
        }

        return ranks;
    }

    /// <summary>
    /// The standard deviation of a coefficient, by leaving out one stretch of the series after the other (the delete-a-block jackknife: Künsch,
    /// Annals of Statistics 17, 1989). Neighbouring measurements are alike, so that n of them tell less than n independent ones would.
    /// </summary>
    private static double Jackknife(Sums all, ReadOnlySpan<Sums> blocks)
    {
        if (all.Count < Blocks * LeastInBlock)
            return double.PositiveInfinity; // so few say nothing: on a busy machine they are the moments when one thread gave way to the other
        double sum = 0;
        double squares = 0;
        foreach (var block in blocks)
        {
            if (all.With(block, -1).Correlation is not { } without)
                return double.PositiveInfinity; // one stretch alone moves at all
            sum += without;
            squares += without * without;
        }

        var mean = sum / Blocks;
        return Math.Sqrt(Math.Max(0, (squares / Blocks) - (mean * mean)) * (Blocks - 1));
    }

    /// <summary>What Pearson's coefficient is made of.</summary>
    private record struct Sums(double Count, double X, double Y, double XX, double YY, double XY)
    {
        public readonly double? Correlation
        {
            get
            {
                var (xx, yy) = ((Count * XX) - (X * X), (Count * YY) - (Y * Y));

                // Of a constant series rounding may leave a little.
                return xx > 1e-12 * Count * XX && yy > 1e-12 * Count * YY
                    ? Math.Clamp(((Count * XY) - (X * Y)) / Math.Sqrt(xx * yy), -1, 1)
                    : null;
            }
        }

        public void Add(double x, double y) => this = new Sums(Count + 1, X + x, Y + y, XX + (x * x), YY + (y * y), XY + (x * y));

        public readonly Sums With(Sums other, double sign) =>
            new(
                Count + (sign * other.Count),
                X + (sign * other.X),
                Y + (sign * other.Y),
                XX + (sign * other.XX),
                YY + (sign * other.YY),
                XY + (sign * other.XY)
            );
    }
}
