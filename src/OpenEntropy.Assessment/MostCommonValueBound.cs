namespace OpenEntropy.Assessment;

/// <summary>SP 800-90B, 6.3.1, steps 1 and 2: the proportion of the most common value and its upper bound.</summary>
internal static class MostCommonValueBound
{
    /// <summary>Z_(1−0.005), the factor of every 99 % upper bound of SP 800-90B, 6.3.</summary>
    public const double Z = 2.5758293035489008;

    /// <summary>p_u = min(1, p̂ + Z √(p̂ (1 − p̂) / (L − 1))).</summary>
    /// <param name="proportion">p̂, the most common value's count over L.</param>
    /// <param name="length">L, at least 2.</param>
    public static double Upper(double proportion, long length) =>
        Math.Min(1.0, proportion + (Z * Math.Sqrt(proportion * (1.0 - proportion) / (length - 1.0))));
}
