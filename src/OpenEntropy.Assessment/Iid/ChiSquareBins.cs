using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Iid;

/// <summary>
/// SP 800-90B, 5.2.1: outcomes in the order of their expected counts, put together until 5 are expected of each bin; what is left over at the end
/// joins the last bin.
/// </summary>
internal sealed class ChiSquareBins
{
    private const double LeastExpectation = 5.0;

    private readonly int[] _binOf;
    private readonly double[] _expectations;

    private ChiSquareBins(int[] binOf, double[] expectations) => (_binOf, _expectations) = (binOf, expectations);

    /// <summary>The number of bins, one at least.</summary>
    public int Count => _expectations.Length;

    /// <summary>Puts outcomes into bins.</summary>
    /// <param name="expectations">What is expected of each outcome, by its number. Equal expectations keep the order of the numbers.</param>
    public static ChiSquareBins Group(ReadOnlySpan<double> expectations)
    {
        var (sorted, outcomes) = InOrder(expectations);
        var binOf = new int[sorted.Length];
        List<double> bins = [];
        var current = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (current >= LeastExpectation)
            {
                bins.Add(current);
                current = 0.0;
            }

            binOf[outcomes[i]] = bins.Count;
            current += sorted[i];
        }

        if (bins.Count == 0 || current >= LeastExpectation)
        {
            bins.Add(current);
        }
        else
        {
            bins[^1] += current;
            foreach (ref var bin in binOf.AsSpan())
                bin = Math.Min(bin, bins.Count - 1);
        }

        return new ChiSquareBins(binOf, [.. bins]);
    }

    /// <summary>T = Σ (observed − expected)² / expected over the bins, in their order.</summary>
    /// <param name="counts">How often each outcome was observed, by its number.</param>
    public double Statistic(ReadOnlySpan<int> counts)
    {
        var observed = new int[Count];
        for (var outcome = 0; outcome < counts.Length; outcome++)
            observed[_binOf[outcome]] += counts[outcome];
        return GoodnessOfFit.ChiSquaredOf(observed, _expectations);
    }

    private static (double[] Sorted, int[] Outcomes) InOrder(ReadOnlySpan<double> expectations)
    {
        var sorted = expectations.ToArray();
        var outcomes = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, outcomes);
        // The sort is not stable: within equal expectations, put the numbers back in their order.
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] <= sorted[start]; end++) { }
            if (end > start + 1)
                Array.Sort(outcomes, start, end - start);
        }

        return (sorted, outcomes);
    }
}
