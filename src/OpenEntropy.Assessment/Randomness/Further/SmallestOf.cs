namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>The smallest of several independent p-values.</summary>
internal static class SmallestOf
{
    /// <summary>1 − (1 − p)^k, the probability that the smallest of k is at most p (Šidák 1967), to a relative precision.</summary>
    /// <param name="smallest">p, 0 to 1.</param>
    /// <param name="count">k.</param>
    public static double PValue(double smallest, int count) =>
        // Below 10^−9 the power is 1 to all digits, and k p the answer.
        smallest < 1e-9
            ? count * smallest
            : 1 - Math.Pow(1 - smallest, count);
}
