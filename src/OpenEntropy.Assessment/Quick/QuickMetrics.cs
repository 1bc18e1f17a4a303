namespace OpenEntropy.Assessment.Quick;

/// <summary>
/// Shannon, min- and collision entropy of a short window of bytes. None of these is an assessment of SP 800-90B and none earns credit; the intervals
/// are those of independent samples.
/// </summary>
/// <param name="Shannon">Shannon entropy, an upper bound of the min-entropy and no more.</param>
/// <param name="MostCommonValue">Min-entropy by the most common value.</param>
/// <param name="Collision">Collision entropy (Rényi's of order 2), which lies between the two.</param>
public readonly record struct QuickMetrics(QuickMetric Shannon, QuickMetric MostCommonValue, QuickMetric Collision)
{
    /// <summary>The shortest window: four samples for each value that a byte has.</summary>
    public const int FewestSamples = 4 * Values;

    /// <summary>The size of the alphabet: the values of a byte.</summary>
    internal const int Values = 256;

    /// <summary>Measures a window in one pass.</summary>
    /// <param name="samples">The samples, one a byte.</param>
    /// <exception cref="AssessmentInputException">There are fewer than <see cref="FewestSamples"/>.</exception>
    public static QuickMetrics Of(ReadOnlySpan<byte> samples)
    {
        if (samples.Length < FewestSamples)
            throw new AssessmentInputException(
                $"Live metrics need a window of at least {FewestSamples:N0} samples, four for each value of a byte; there are {samples.Length:N0}."
            );
        Span<int> counts = stackalloc int[Values];
        counts.Clear();
        foreach (var sample in samples)
            counts[sample]++;
        return new QuickMetrics(
            ShannonEntropy.Of(counts, samples.Length),
            MostCommonValueEntropy.Of(counts, samples.Length),
            CollisionEntropy.Of(counts, samples.Length)
        );
    }
}
