using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>The upper end of a 99 % confidence interval, as all estimators of SP 800-90B, 6.3 take it.</summary>
internal static class Confidence
{
    /// <summary>Z at 1 - 0.005 of the normal distribution.</summary>
    public const double Z = 2.5758293035489008;

    /// <summary>The same in the extended format; NIST's tool rounds it elsewhere, one unit in the last place of a double below <see cref="Z"/>.</summary>
    public static readonly Extended ExtendedZ = 2.575829303548900384158;
}
