using MathNet.Numerics;

namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// The functions that turn a statistic into a p-value, under the names SP 800-22 Rev. 1a, 5.3 gives them. All hold 12 digits at least, also in the
/// tails down to 10^−300.
/// </summary>
internal static class Distributions
{
    /// <summary>igamc(a, x): the probability that chi-square of 2a degrees of freedom exceeds 2x; 1 for x ≤ 0.</summary>
    /// <param name="a">Half the degrees of freedom, above 0.</param>
    /// <param name="x">Half of chi-square.</param>
    /// <exception cref="ArgumentOutOfRangeException">a is not above 0, or one is not a number.</exception>
    public static double UpperIncompleteGammaRatio(double a, double x) => IncompleteGamma.UpperRatio(a, x);

    /// <summary>erfc(x).</summary>
    /// <param name="x">The argument.</param>
    public static double ErrorFunctionComplement(double x) => SpecialFunctions.Erfc(x);

    /// <summary>Φ(x), the standard normal distribution function, to a relative precision in the lower tail too.</summary>
    /// <param name="x">The argument.</param>
    public static double NormalCdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    /// <summary>The probability that a standard normal value is at least as far from 0.</summary>
    /// <param name="z">The value.</param>
    public static double TwoSidedNormal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>The probability that chi-square is at least as far out, on whichever side; for counts that can be too even as well as too uneven.</summary>
    /// <param name="chiSquare">The statistic.</param>
    /// <param name="degreesOfFreedom">1 at least.</param>
    public static double TwoSidedChiSquare(double chiSquare, int degreesOfFreedom)
    {
        var upper = UpperIncompleteGammaRatio(degreesOfFreedom / 2.0, chiSquare / 2);
        return 2 * Math.Min(upper, 1 - upper);
    }
}
