using OpenEntropy.Assessment.Suffixes;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>SP 800-90B, 6.3.6: how often tuples collide that are too long for the t-tuple estimate, and how probable that makes a symbol.</summary>
/// <param name="MinEntropy">Estimated min-entropy of a symbol, bits.</param>
/// <param name="U">u, the length of the shortest tuples of which none occurs 35 times, symbols.</param>
/// <param name="V">v, the length of the longest tuple that occurs twice, symbols.</param>
/// <param name="PHat">p-hat, the greatest P_W^(1/W), where P_W is the share of pairs of tuples of W symbols that are equal, u ≤ W ≤ v.</param>
/// <param name="PUpper">p_u, the upper bound of the 99 % confidence interval of that.</param>
public sealed record LongestRepeatedSubstringEstimate(double MinEntropy, int U, int V, double PHat, double PUpper)
    : EntropyEstimate(MinEntropy)
{
    /// <inheritdoc/>
    public override string Estimator => NonIidEstimator.LongestRepeatedSubstring.Name;

    /// <inheritdoc/>
    public override string Clause => NonIidEstimator.LongestRepeatedSubstring.Clause;

    /// <summary>Estimates from counted tuples.</summary>
    /// <param name="tuples">Tuples of symbols or of bits.</param>
    /// <returns>The estimate; null where no tuple occurs twice but those that occur 35 times (v &lt; u), or none at all.</returns>
    internal static LongestRepeatedSubstringEstimate? Of(RepeatedTuples tuples)
    {
        // Steps 1 and 2.
        var (u, v) = (tuples.LongestFrequent + 1, tuples.LongestRepeated);
        if (v < u)
            return null;
        // Steps 3 to 5: the pairs are counted.
        var probability = TupleProbability.Of(tuples.Repeated, tuples.Length);
        return new LongestRepeatedSubstringEstimate(probability.MinEntropy, u, v, probability.Maximum, probability.Upper);
    }
}
