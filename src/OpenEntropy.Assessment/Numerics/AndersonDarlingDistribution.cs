namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// The distribution of Anderson and Darling's A², the limit for many values of a fully specified continuous distribution. It is that of
/// Σ Z_j² / (j (j + 1)) with independent standard normal Z_j; that of N values differs by about 0.04/N at most.
/// </summary>
/// <remarks>
/// T. W. Anderson, D. A. Darling, A Test of Goodness of Fit, Journal of the American Statistical Association 49 (1954), 765–769, section 4: the
/// series. G. and J. Marsaglia, Evaluating the Anderson-Darling Distribution, Journal of Statistical Software 9 (2), 2004: the difference.
/// </remarks>
internal static class AndersonDarlingDistribution
{
    /// <summary>From here on the expansion of the upper tail is within 1 %, and 1 − series loses digits.</summary>
    private const double FarTail = 8;

    /// <summary>P(A² ≥ z).</summary>
    /// <param name="z">The statistic.</param>
    public static double UpperTail(double z) => z >= FarTail ? Expansion(z) : Math.Clamp(1 - Cdf(z), 0, 1);

    /// <summary>
    /// The moment generating function is (1 − s)^(−1/2) g(s), g(s) = Π_(j ≥ 2) (1 − 2s/(j (j+1)))^(−1/2): g(1) = √3 and g'(1)/g(1) = 11/18, and the
    /// first two terms around its pole at s = 1 give √3 (7/18 erfc √z + 11/18 e^(−z)/√(πz)).
    /// </summary>
    private static double Expansion(double z) =>
        Math.Sqrt(3) * ((7 * Distributions.ErrorFunctionComplement(Math.Sqrt(z))) + (11 * Math.Exp(-z) / Math.Sqrt(Math.PI * z))) / 18;

    /// <summary>
    /// √(2π)/z Σ_j C(−1/2, j) (4j+1) e^(−(4j+1)²π²/(8z)) ∫_0^∞ e^(z/(8(w²+1)) − (4j+1)²π²w²/(8z)) dw.
    /// </summary>
    /// <param name="z">The statistic, below <see cref="FarTail"/>.</param>
    internal static double Cdf(double z)
    {
        if (z <= 0.01)
            return 0; // e^(−π²/(8z)) is below 10^−53.
        var sum = 0.0;
        var binomial = 1.0;
        for (var j = 0; j < 12; j++)
        {
            var odd = (4 * j) + 1;
            sum += binomial * odd * Integral(z, odd * odd * Math.PI * Math.PI / (8 * z));
            binomial *= (-0.5 - j) / (j + 1);
        }

        return Math.Sqrt(2 * Math.PI) / z * sum;
    }

    /// <summary>∫_0^∞ e^(z/(8(w²+1)) − c (1 + w²)) dw by the trapezoidal rule, which converges exponentially on an even analytic function.</summary>
    private static double Integral(double z, double c)
    {
        // The poles at ±i ask for a step of 0.15, the bell of deviation 1/√(2c) for two thirds of it.
        var step = Math.Min(0.15, 1 / (1.5 * Math.Sqrt(2 * c)));
        var last = (int)(Math.Sqrt(45 / c) / step);
        var sum = 0.5 * Math.Exp((z / 8) - c);
        for (var i = 1; i <= last; i++)
        {
            var w = i * step;
            sum += Math.Exp((z / (8 * ((w * w) + 1))) - (c * (1 + (w * w))));
        }

        return sum * step;
    }
}
