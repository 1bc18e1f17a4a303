namespace OpenEntropy.Assessment.Iid;

/// <summary>The proportion of each symbol.</summary>
internal static class SymbolProportions
{
    private const int CheckpointInterval = 1 << 20;

    /// <summary>
    /// Proportions as NIST's tool gathers them, 1/L added once for each sample: up to 1e-11 off the count over L, and that shows in the last
    /// digits of the statistics.
    /// </summary>
    /// <param name="samples">The samples.</param>
    /// <param name="checkpoint">Called for every symbol of the alphabet at least.</param>
    public static double[] Accumulated(SampleSet samples, Checkpoint? checkpoint)
    {
        var counts = Counts(samples.Symbols, samples.AlphabetSize);
        var proportions = new double[counts.Length];
        var step = 1.0 / samples.Length;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            var sum = 0.0;
            for (var i = 0; i < counts[symbol]; i++)
            {
                sum += step;
                if (i % CheckpointInterval == 0)
                    checkpoint?.Invoke();
            }

            proportions[symbol] = sum;
        }

        return proportions;
    }

    /// <summary>How often each symbol occurs.</summary>
    public static int[] Counts(ReadOnlySpan<byte> symbols, int alphabetSize)
    {
        var counts = new int[alphabetSize];
        foreach (var symbol in symbols)
            counts[symbol]++;
        return counts;
    }
}
