namespace OpenEntropy.Assessment.Iid;

/// <summary>
/// The upper tail of the chi-square distribution, relative error below 1e-11 for 1 to 100,000 degrees of freedom and down to 1e-300. The usual
/// x^a e^−x / Γ(a) taken through three logarithms loses ten digits at 65,000 degrees; here the large terms cancel before they are rounded.
/// </summary>
internal static class ChiSquareDistribution
{
    private const double Precision = 1e-17;
    private const double StirlingFrom = 16;

    /// <summary>Q(ν/2, T/2): the probability that a chi-square variable is T at least.</summary>
    /// <param name="statistic">T, zero at least.</param>
    /// <param name="degreesOfFreedom">ν, 1 at least.</param>
    public static double UpperTail(double statistic, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        var (a, x) = (degreesOfFreedom / 2.0, statistic / 2.0);
        if (x <= 0)
            return 1;
        return x < a + 1 ? 1 - (Density(a, x) * LowerSeries(a, x)) : Density(a, x) * a * UpperFraction(a, x);
    }

    /// <summary>x^a e^−x / Γ(a + 1).</summary>
    private static double Density(double a, double x)
    {
        if (a < StirlingFrom)
        {
            // Halved, so that e^−x does not vanish before x^a has made up for it.
            var half = Math.Exp(-x / 2);
            return half * Math.Pow(x, a) * half / GammaOfHalves(a);
        }

        // Γ(a + 1) = √(2πa) (a/e)^a e^R(a), R being the rest of Stirling's series.
        var square = a * a;
        var rest = ((1 / 12.0) - (((1 / 360.0) - (((1 / 1260.0) - (1 / (1680.0 * square))) / square)) / square)) / a;
        return Math.Exp((-a * LogExcess((x - a) / a)) - rest) / Math.Sqrt(2 * Math.PI * a);
    }

    /// <summary>Γ(a + 1) of a multiple of 1/2.</summary>
    private static double GammaOfHalves(double a)
    {
        var product = a > Math.Floor(a) ? Math.Sqrt(Math.PI) : 1.0;
        for (var factor = a; factor > 0; factor--)
            product *= factor;
        return product;
    }

    /// <summary>μ − ln(1 + μ), by its series where the difference would cancel.</summary>
    private static double LogExcess(double mu)
    {
        if (Math.Abs(mu) > 0.1)
            return mu - Math.Log(1 + mu);
        var (sum, power) = (0.0, mu * mu);
        for (var k = 2; Math.Abs(power) > Precision * sum; k++)
        {
            sum += power / k;
            power *= -mu;
        }

        return sum;
    }

    /// <summary>Σ x^n / ((a + 1) … (a + n)).</summary>
    private static double LowerSeries(double a, double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var n = 1; term > Precision * sum; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    /// <summary>Γ(a, x) x^−a e^x as a continued fraction, by Lentz's method.</summary>
    private static double UpperFraction(double a, double x)
    {
        var b = x + 1 - a;
        var (c, d) = (double.MaxValue, 1 / b);
        var fraction = d;
        for (var i = 1; ; i++)
        {
            var numerator = -i * (i - a);
            b += 2;
            d = 1 / ((numerator * d) + b);
            c = b + (numerator / c);
            var factor = c * d;
            fraction *= factor;
            if (Math.Abs(factor - 1) <= 2e-16)
                return fraction;
        }
    }
}
