using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment;

/// <summary>The upper end of a 99 % confidence interval, as all estimators of SP 800-90B, 6.3 take it.</summary>
internal static class Confidence
{
    /// <summary>Z at 1 − 0.005 of the normal distribution.</summary>
    public const double Z = 2.5758293035489008;

    /// <summary>The same in the extended format; NIST's tool rounds it elsewhere, one unit in the last place of a double below <see cref="Z"/>.</summary>
    public static readonly Extended ExtendedZ = 2.575829303548900384158;

    /// <summary>p_u = min(1, p̂ + Z √(p̂ (1 − p̂) / (L − 1))), the bound of a probability that was seen as a proportion.</summary>
    /// <param name="proportion">p̂, a count over L.</param>
    /// <param name="length">L, at least 2.</param>
    public static double UpperBound(double proportion, long length) =>
        Math.Min(1.0, proportion + (Z * Math.Sqrt(proportion * (1.0 - proportion) / (length - 1.0))));
}
