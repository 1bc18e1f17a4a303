namespace OpenEntropy.Assessment.Tests.Iid;

/// <summary>The chi-square tests of SP 800-90B, 5.2 word by word, over lists and dictionaries.</summary>
internal static class ChiSquareReference
{
    public static (double Statistic, int DegreesOfFreedom) Independence(byte[] symbols, int k)
    {
        var p = Proportions(symbols, k);
        var expected = (
            from first in Enumerable.Range(0, k)
            from second in Enumerable.Range(0, k)
            select (Outcome: (first, second), Expectation: p[first] * p[second] * (symbols.Length / 2))
        ).ToList();
        var pairs = symbols.Chunk(2).Where(pair => pair.Length == 2).Select(pair => ((int)pair[0], (int)pair[1])).ToList();
        var bins = Bins(expected);
        return (Statistic(bins, pairs), bins.Count - k);
    }

    public static (double Statistic, int DegreesOfFreedom) GoodnessOfFit(byte[] symbols, int k)
    {
        var p = Proportions(symbols, k);
        var length = symbols.Length / 10;
        var bins = Bins(Enumerable.Range(0, k).Select(symbol => (symbol, p[symbol] * length)).ToList());
        var statistic = symbols.Take(10 * length).Chunk(length).Sum(part => Statistic(bins, part.Select(symbol => (int)symbol).ToList()));
        return (statistic, 9 * (bins.Count - 1));
    }

    public static (double Statistic, int DegreesOfFreedom) IndependenceOfBits(byte[] bits)
    {
        var one = bits.Average(bit => (double)bit);
        var rarest = Math.Min(one, 1 - one);
        var m = Enumerable.Range(2, 10).LastOrDefault(width => Math.Pow(rarest, width) * (bits.Length / width) >= 5);
        if (m == 0)
            return (0, 0);
        var blocks = bits.Length / m;
        var observed = bits.Take(m * blocks).Chunk(m).CountBy(block => string.Concat(block)).ToDictionary();
        var statistic = 0.0;
        for (var tuple = 0; tuple < 1 << m; tuple++)
        {
            var text = Convert.ToString(tuple, 2).PadLeft(m, '0');
            var expected = text.Aggregate((double)blocks, (product, bit) => product * (bit == '1' ? one : 1 - one));
            statistic += Math.Pow(observed.GetValueOrDefault(text) - expected, 2) / expected;
        }

        return (statistic, (1 << m) - 2);
    }

    private static double[] Proportions(byte[] symbols, int k)
    {
        var p = new double[k];
        foreach (var symbol in symbols)
            p[symbol] += 1.0 / symbols.Length;
        return p;
    }

    private static List<(HashSet<T> Outcomes, double Expectation)> Bins<T>(List<(T Outcome, double Expectation)> expected)
        where T : notnull
    {
        List<(HashSet<T> Outcomes, double Expectation)> bins = [([], 0)];
        foreach (var (outcome, expectation) in expected.OrderBy(entry => entry.Expectation))
        {
            if (bins[^1].Expectation >= 5)
                bins.Add(([], 0));
            bins[^1].Outcomes.Add(outcome);
            bins[^1] = (bins[^1].Outcomes, bins[^1].Expectation + expectation);
        }

        if (bins.Count > 1 && bins[^1].Expectation < 5)
        {
            bins[^2] = ([.. bins[^2].Outcomes, .. bins[^1].Outcomes], bins[^2].Expectation + bins[^1].Expectation);
            bins.RemoveAt(bins.Count - 1);
        }

        return bins;
    }

    private static double Statistic<T>(List<(HashSet<T> Outcomes, double Expectation)> bins, List<T> observed)
        where T : notnull => bins.Sum(bin => Math.Pow(observed.Count(bin.Outcomes.Contains) - bin.Expectation, 2) / bin.Expectation);
}
