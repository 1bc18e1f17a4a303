namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// Where a falling function takes a value, found by halving an interval that ends at 1, as far as doubles go. The rule when to stop decides the
/// last digits of what is found, so it is that of NIST's tool.
/// </summary>
internal static class Bisection
{
    private const int MostSteps = 1076;
    private const int MostUnitsApart = 4;
    private const double SmallestNormal = 2.2250738585072014e-308;

    // 2^-52: the relative distance of neighbouring doubles at most.
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Where the function takes a value.</summary>
    /// <param name="function">It falls as its argument grows.</param>
    /// <param name="target">The value.</param>
    /// <param name="low">Where to begin; above the value there.</param>
    /// <param name="onFailure">The answer where the function has no value that could be compared.</param>
    public static double Solve(Func<double, double> function, double target, double low, double onFailure)
    {
        var high = 1.0;
        var (atLow, atHigh) = (double.PositiveInfinity, double.NegativeInfinity);
        var p = (low + high) / 2.0;
        var value = function(p);
        for (var step = 0; step < MostSteps && !AreAlike(value, target); step++)
        {
            if (double.IsNaN(value))
                return onFailure;
            if (target < value)
                (low, atLow) = (p, value);
            else
                (high, atHigh) = (p, value);

            p = (low + high) / 2.0;
            // There is no double left between the two.
            if (!(low < p && p < high))
                return high;
            value = function(p);
            // The function falls no more: what is left of the interval is its rounding.
            if (!(atHigh <= value && value <= atLow))
                return high;
        }

        return p;
    }

    /// <summary>Whether two numbers are the same within a relative 2^-52 or four neighbouring doubles; by the difference itself where it is tiny.</summary>
    internal static bool AreAlike(double a, double b)
    {
        if (!double.IsFinite(a) || !double.IsFinite(b))
            return a == b;
        var (smaller, larger) = (Math.Min(Math.Abs(a), Math.Abs(b)), Math.Max(Math.Abs(a), Math.Abs(b)));
        var difference = Math.Abs(a - b);
        if (smaller < SmallestNormal || difference < SmallestNormal || double.IsInfinity(difference) || larger * Epsilon < SmallestNormal)
            return difference <= SmallestNormal;
        if (difference <= larger * Epsilon)
            return true;
        return double.IsNegative(a) == double.IsNegative(b)
            && BitConverter.DoubleToInt64Bits(larger) - BitConverter.DoubleToInt64Bits(smaller) <= MostUnitsApart;
    }
}
