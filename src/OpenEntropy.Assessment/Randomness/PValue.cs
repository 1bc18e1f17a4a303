namespace OpenEntropy.Assessment.Randomness;

/// <summary>The probability that independent, unbiased bits give a statistic at least as extreme.</summary>
/// <param name="Name">Which of a test's p-values; empty where it has one.</param>
/// <param name="Value">0 to 1.</param>
public readonly record struct PValue(string Name, double Value)
{
    /// <summary>
    /// The probability of the observed statistic itself, where p-values are <see cref="PValueKind.Discrete"/>: they are at most <c>Value</c> with
    /// probability <c>Value</c>, and less with probability <c>Value − PointProbability</c>. Null for the others.
    /// </summary>
    public double? PointProbability { get; init; }
}
