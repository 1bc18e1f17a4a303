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

    /// <summary>The values of a byte.</summary>
    private const int Values = 256;

    /// <summary>Measures a window in one pass.</summary>
    /// <param name="samples">The samples, one a byte.</param>
    /// <param name="sampleBits">The width of a sample, 1 to 8 bits; no figure and no end of an interval is above it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is out of its range.</exception>
    /// <exception cref="AssessmentInputException">There are fewer than <see cref="FewestSamples"/>, or one is wider.</exception>
    public static QuickMetrics Of(ReadOnlySpan<byte> samples, int sampleBits = SampleSet.MaximumSymbolBits)
    {
        if (sampleBits is < 1 or > SampleSet.MaximumSymbolBits)
            throw new ArgumentOutOfRangeException(nameof(sampleBits), sampleBits, "A sample has 1 to 8 bits.");
        if (samples.Length < FewestSamples)
            throw new AssessmentInputException(
                $"Live metrics need a window of at least {FewestSamples:N0} samples, four for each value of a byte; there are {samples.Length:N0}."
            );
        Span<int> counts = stackalloc int[Values];
        counts.Clear();
        foreach (var sample in samples)
            counts[sample]++;
        if (counts[(1 << sampleBits)..].ContainsAnyExcept(0))
            throw new AssessmentInputException($"A sample of {counts.LastIndexOfAnyExcept(0)} does not fit {sampleBits} bits.");
        counts = counts[..(1 << sampleBits)];
        return new QuickMetrics(
            ShannonEntropy.Of(counts, samples.Length),
            MostCommonValueEntropy.Of(counts, samples.Length),
            CollisionEntropy.Of(counts, samples.Length)
        );
    }
}
