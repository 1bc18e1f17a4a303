using OpenEntropy.Assessment.Suffixes;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>SP 800-90B, 6.3.5: the commonest tuple of each length that still occurs often, and how probable it makes a symbol.</summary>
/// <param name="MinEntropy">Estimated min-entropy of a symbol, bits.</param>
/// <param name="T">t, the length of the longest tuple that occurs 35 times or more, symbols.</param>
/// <param name="PHatMax">p-hat_max, the greatest P[i]^(1/i), where P[i] is the share of the commonest tuple of i ≤ t symbols.</param>
/// <param name="PUpper">p_u, the upper bound of the 99 % confidence interval of that.</param>
public sealed record TupleEstimate(double MinEntropy, int T, double PHatMax, double PUpper) : EntropyEstimate(MinEntropy)
{
    /// <inheritdoc/>
    public override string Estimator => NonIidEstimator.Tuple.Name;

    /// <inheritdoc/>
    public override string Clause => NonIidEstimator.Tuple.Clause;

    /// <summary>Estimates from counted tuples.</summary>
    /// <param name="tuples">Tuples of symbols or of bits.</param>
    /// <returns>The estimate; null where not even a single symbol occurs 35 times.</returns>
    internal static TupleEstimate? Of(RepeatedTuples tuples)
    {
        // Steps 1 and 2: t, and the most occurrences Q[i] of a tuple of i symbols, are counted. Step 3: P[i] = Q[i] / (L - i + 1).
        if (tuples.LongestFrequent == 0)
            return null;
        // Steps 4 and 5.
        var probability = TupleProbability.Of(tuples.Frequent, tuples.Length);
        return new TupleEstimate(probability.MinEntropy, tuples.LongestFrequent, probability.Maximum, probability.Upper);
    }
}
