namespace OpenEntropy.Assessment.Quick;

/// <summary>
/// Min-entropy by the most common value, −log2 p_u with the 99 % upper bound p_u of SP 800-90B, 6.3.1; the interval's lower end is the same.
/// </summary>
/// <remarks>
/// The greatest of k proportions is high by chance, so the upper end needs a bound that holds for all of them at once: the p whose relative entropy
/// from p̂ is (ln k − ln 0.005) / n, by Chernoff's bound on each value and Bonferroni's over them. It is never below 1/k, the proportion that
/// some value must have.
/// </remarks>
internal static class MostCommonValueEntropy
{
    private const int Halvings = 60;

    /// <param name="counts">How often each of the k values a sample may have occurs.</param>
    /// <param name="length">n, the number of samples.</param>
    public static QuickMetric Of(ReadOnlySpan<int> counts, int length)
    {
        var most = 0;
        foreach (var count in counts)
            most = Math.Max(most, count);
        var proportion = (double)most / length;
        var value = MinEntropyOf.Probability(Confidence.UpperBound(proportion, length));
        return new QuickMetric(
            "Min-entropy, most common value",
            value,
            Math.Abs(Math.Log2(proportion)),
            value,
            -Math.Log2(Least(proportion, length, counts.Length)),
            length
        );
    }

    /// <summary>The least proportion that the most common value may have.</summary>
    private static double Least(double proportion, int length, int values)
    {
        var limit = (Math.Log(values) - Math.Log(0.005)) / length;
        var (low, high) = (1.0 / values, proportion);
        if (RelativeEntropy(proportion, low) <= limit)
            return low;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = RelativeEntropy(proportion, middle) > limit ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>D(p̂‖p) of two coins, nats.</summary>
    private static double RelativeEntropy(double observed, double supposed) =>
        (observed * Math.Log(observed / supposed)) + (observed < 1 ? (1 - observed) * Math.Log((1 - observed) / (1 - supposed)) : 0);
}
