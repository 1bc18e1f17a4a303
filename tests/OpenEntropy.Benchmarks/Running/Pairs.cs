namespace OpenEntropy.Benchmarks.Running;

/// <summary>Two things measured in turns, so that both see the same machine.</summary>
/// <param name="Ours">Our figures, one a round.</param>
/// <param name="Theirs">The comparison's.</param>
internal sealed record Pairs<T>(IReadOnlyList<T> Ours, IReadOnlyList<T> Theirs)
{
    /// <summary>Measures. Who goes first alternates, so that a slow drift of the machine favours nobody.</summary>
    /// <param name="rounds">How many pairs.</param>
    /// <param name="ours">Measures ours.</param>
    /// <param name="theirs">Measures the comparison.</param>
    public static async Task<Pairs<T>> MeasureAsync(int rounds, Func<Task<T>> ours, Func<Task<T>> theirs)
    {
        var (a, b) = (new List<T>(), new List<T>());
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 1)
            {
                b.Add(await theirs());
            }

            a.Add(await ours());
            if (round % 2 == 0)
            {
                b.Add(await theirs());
            }
        }

        return new Pairs<T>(a, b);
    }

    /// <summary>The median of a figure of ours.</summary>
    /// <param name="figure">Picks the figure.</param>
    public double OursMedian(Func<T, double> figure) => Median.Of(Ours.Select(figure));

    /// <summary>The median of the comparison's figure.</summary>
    /// <param name="figure">Picks the figure.</param>
    public double TheirsMedian(Func<T, double> figure) => Median.Of(Theirs.Select(figure));

    /// <summary>The median over the rounds of ours divided by theirs.</summary>
    /// <param name="figure">Picks the figure.</param>
    public double Ratio(Func<T, double> figure) => Median.Of(Ours.Zip(Theirs, (a, b) => figure(a) / figure(b)));
}

/// <summary>The figure in the middle, which a few disturbed rounds do not move.</summary>
internal static class Median
{
    /// <summary>Of an even number of figures, the mean of the two in the middle.</summary>
    /// <param name="figures">At least one.</param>
    public static double Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
