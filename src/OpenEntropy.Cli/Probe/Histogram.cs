namespace OpenEntropy.Cli.Probe;

/// <summary>How often values came, as a line of bars.</summary>
internal static class Histogram
{
    private const string Bars = " ▁▂▃▄▅▆▇█";
    private static readonly int[] s_sizes = [128, 64, 32, 16, 8];

    /// <summary>As many bars as fit, each of equally many values; the highest is of full height, and any that is not empty is to be seen.</summary>
    /// <param name="counts">How often each value came.</param>
    /// <param name="width">Columns.</param>
    public static string Line(IReadOnlyList<int> counts, int width)
    {
        var size = s_sizes.FirstOrDefault(each => each <= width, s_sizes[^1]);
        var sums = counts.Chunk(counts.Count / size).Select(chunk => (long)chunk.Sum()).ToList();
        var most = Math.Max(1, sums.Max());
        return string.Concat(sums.Select(sum => Bars[sum == 0 ? 0 : (int)Math.Max(1, sum * (Bars.Length - 1) / most)]));
    }
}
