namespace OpenEntropy.Assessment.NonIid;

/// <summary>SP 800-90B, 6.3.1: the proportion of the most frequent symbol, and its upper confidence bound.</summary>
/// <param name="MinEntropy">Estimated min-entropy of a symbol, bits.</param>
/// <param name="ModeCount">How often the most frequent symbol occurs.</param>
/// <param name="PHat">p-hat, its proportion.</param>
/// <param name="PUpper">p_u, the upper bound of the 99 % confidence interval of its probability.</param>
public sealed record MostCommonValueEstimate(double MinEntropy, long ModeCount, double PHat, double PUpper) : EntropyEstimate(MinEntropy)
{
    // A share of the work, some milliseconds, between two checkpoints.
    private const int Chunk = 1 << 22;

    /// <inheritdoc/>
    public override string Estimator => NonIidEstimator.MostCommonValue.Name;

    /// <inheritdoc/>
    public override string Clause => NonIidEstimator.MostCommonValue.Clause;

    /// <summary>Estimates from symbols or bits.</summary>
    /// <param name="symbols">The symbols, 0 … k−1.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <returns>The estimate; null of fewer than two symbols, whose bound has no width.</returns>
    internal static MostCommonValueEstimate? Of(ReadOnlySpan<byte> symbols, Checkpoint? checkpoint = null)
    {
        if (symbols.Length < 2)
            return null;

        // Step 1.
        return OfMode(ModeOf(symbols, checkpoint), symbols.Length);
    }

    /// <summary>Estimates from a count.</summary>
    /// <param name="mode">How often the most frequent symbol occurs.</param>
    /// <param name="length">L, at least 2.</param>
    internal static MostCommonValueEstimate OfMode(long mode, long length)
    {
        var p = mode / (double)length;
        // Step 2.
        var upper = Confidence.UpperBound(p, length);
        // Step 3.
        return new MostCommonValueEstimate(MinEntropyOf.Probability(upper), mode, p, upper);
    }

    private static long ModeOf(ReadOnlySpan<byte> symbols, Checkpoint? checkpoint)
    {
        // Four histograms side by side: runs of one symbol would otherwise wait for each count to be stored before the next.
        const int lanes = 4;
        Span<int> counts = stackalloc int[lanes * 256];
        counts.Clear();
        for (; !symbols.IsEmpty; symbols = symbols[Math.Min(Chunk, symbols.Length)..])
        {
            checkpoint?.Invoke();
            Count(symbols[..Math.Min(Chunk, symbols.Length)], counts);
        }

        long mode = 0;
        for (var symbol = 0; symbol < 256; symbol++)
            mode = Math.Max(mode, (long)counts[symbol] + counts[256 + symbol] + counts[512 + symbol] + counts[768 + symbol]);
        return mode;
    }

    private static void Count(ReadOnlySpan<byte> symbols, Span<int> counts)
    {
        // Split once, so that no index need be checked against the bounds.
        var first = counts[..256];
        var second = counts[256..512];
        var third = counts[512..768];
        var fourth = counts[768..1024];
        var i = 0;
        for (; i + 4 <= symbols.Length; i += 4)
        {
            first[symbols[i]]++;
            second[symbols[i + 1]]++;
            third[symbols[i + 2]]++;
            fourth[symbols[i + 3]]++;
        }

        for (; i < symbols.Length; i++)
            first[symbols[i]]++;
    }
}
