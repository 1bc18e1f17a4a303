namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// The regularized upper incomplete gamma function Q(a, x), the tail of the chi-square distribution. The usual x^a e^−x / Γ(a) by logarithms loses
/// a digit for every digit of a (10 left of 16 at a = 2^18, as serial tests need); this keeps 13 from 10^−300 to 1.
/// </summary>
/// <remarks>NIST Digital Library of Mathematical Functions, 5.11.1 (Stirling), 8.9.2 (continued fraction), 8.11.4 (series).</remarks>
internal static class IncompleteGamma
{
    /// <summary>From here on the Stirling series, up to its fifth term, is exact to the last digit of a double.</summary>
    private const double StirlingFrom = 16;

    private const double Precision = 1e-17;
    private const double Tiny = 1e-300;

    /// <summary>Q(a, x) = Γ(a, x) / Γ(a); 1 for x ≤ 0.</summary>
    /// <param name="a">Half the degrees of freedom, above 0.</param>
    /// <param name="x">Half of chi-square.</param>
    /// <exception cref="ArgumentOutOfRangeException">a is not above 0, or one is not a number.</exception>
    public static double UpperRatio(double a, double x)
    {
        if (!(a > 0) || double.IsInfinity(a))
            throw new ArgumentOutOfRangeException(nameof(a), a, "a is above 0.");
        if (double.IsNaN(x))
            throw new ArgumentOutOfRangeException(nameof(x), x, "x is a number.");
        if (x <= 0)
            return 1;
        if (double.IsInfinity(x))
            return 0;
        return x < a + 1 ? Math.Max(0, 1 - (Density(a, x) * Series(a, x))) : Math.Min(1, Density(a, x) * ContinuedFraction(a, x));
    }

    /// <summary>x^a e^−x / Γ(a).</summary>
    private static double Density(double a, double x)
    {
        // Γ(a) = Γ(a + k) / (a (a + 1) … (a + k − 1)) lifts a small a to where Stirling's series is exact.
        var lifted = a;
        var lift = 1.0;
        for (; lifted < StirlingFrom; lifted++)
            lift *= lifted / x;
        if (double.IsInfinity(lift))
            return 0;
        var square = 1 / (lifted * lifted);
        var stirling =
            ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square / 1188)))))))) / lifted;
        return lift * Math.Sqrt(lifted / (2 * Math.PI)) * Math.Exp(-(lifted * Excess((x - lifted) / lifted)) - stirling);
    }

    /// <summary>u − ln(1 + u), without cancellation where u is small.</summary>
    private static double Excess(double u)
    {
        if (Math.Abs(u) > 0.5)
            return u - Math.Log(1 + u);
        // ln(1 + u) = 2 (t + t^3/3 + t^5/5 + …) and u − 2t = u t, where t = u / (2 + u).
        var t = u / (2 + u);
        var power = t * t * t;
        var sum = 0.0;
        for (var odd = 3; ; odd += 2)
        {
            var next = sum + (power / odd);
            if (next == sum)
                return (u * t) - (2 * sum);
            sum = next;
            power *= t * t;
        }
    }

    /// <summary>1/a + x/(a (a+1)) + x²/(a (a+1) (a+2)) + …, for x below a + 1.</summary>
    private static double Series(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var n = a + 1; term > sum * Precision; n++)
        {
            term *= x / n;
            sum += term;
        }

        return sum;
    }

    /// <summary>1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))) by Lentz's method, for x of a + 1 and above.</summary>
    private static double ContinuedFraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var value = d;
        for (var n = 1; ; n++)
        {
            var numerator = n * (a - n);
            b += 2;
            d = 1 / NotZero((numerator * d) + b);
            c = NotZero(b + (numerator / c));
            var factor = c * d;
            value *= factor;
            if (Math.Abs(factor - 1) < 2.3e-16)
                return value;
        }
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
