namespace OpenEntropy.Assessment;

/// <summary>The last step of most estimators.</summary>
internal static class MinEntropyOf
{
    /// <summary>-log2 of the greatest probability, bits; 0 of probability 1, and not the -0 of a change of sign.</summary>
    public static double Probability(double greatest) => 0 - Math.Log2(greatest);
}
