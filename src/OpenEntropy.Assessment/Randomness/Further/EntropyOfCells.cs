namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>The Shannon entropy of counts, and the likelihood-ratio statistic it is the other face of.</summary>
/// <param name="Bits">Ĥ = −Σ (c/N) log2 (c/N), bits per value.</param>
/// <param name="LikelihoodRatio">
/// G = 2 N ln 2 (log2 k − Ĥ), divided by 1 + (k+1)/(6N): chi-square of k − 1 degrees of freedom where all k values are equally likely.
/// </param>
/// <remarks>
/// S. S. Wilks, The Large-Sample Distribution of the Likelihood Ratio, Annals of Mathematical Statistics 9 (1938), 60–62; the divisor, which
/// makes the mean right to the order 1/N: D. A. Williams, Improved Likelihood Ratio Tests for Complete Contingency Tables, Biometrika 63 (1976),
/// 33–37.
/// </remarks>
internal readonly record struct EntropyOfCells(double Bits, double LikelihoodRatio)
{
    /// <summary>Of counts.</summary>
    /// <param name="counts">How often each of the k values occurred; one at least did.</param>
    public static EntropyOfCells Of(ReadOnlySpan<int> counts)
    {
        var total = 0.0;
        foreach (var count in counts)
            total += count;
        // Taken relative to the expected counts: 8 − Ĥ would cancel six digits of a million values'.
        var ratio = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
                ratio += count * Math.Log(count * counts.Length / total);
        }

        var entropy = Math.Log2(counts.Length) - (ratio / (total * Math.Log(2)));
        return new EntropyOfCells(entropy, 2 * ratio / (1 + ((counts.Length + 1) / (6 * total))));
    }
}
