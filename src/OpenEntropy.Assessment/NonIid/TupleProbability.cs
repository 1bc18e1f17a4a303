using OpenEntropy.Assessment.Numerics;
using OpenEntropy.Assessment.Suffixes;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>The last steps of both tuple estimates, in the extended format as NIST's tool takes them.</summary>
/// <param name="Maximum">The greatest probability of a symbol that any length of tuple suggests.</param>
/// <param name="Upper">The upper bound of its 99 % confidence interval.</param>
/// <param name="MinEntropy">What that leaves of min-entropy, bits per symbol.</param>
internal readonly record struct TupleProbability(double Maximum, double Upper, double MinEntropy)
{
    /// <summary>Takes the steps from the greatest root on.</summary>
    /// <param name="maximum">Shares of tuples and their roots, at least one.</param>
    /// <param name="length">L, at least 2.</param>
    public static TupleProbability Of(RootMaximum maximum, int length)
    {
        Extended one = 1L;
        var greatest = default(Extended);
        foreach (var (numerator, denominator, root) in maximum.Greatest)
        {
            var probability = Extended.Pow((Extended)numerator / denominator, one / (long)root);
            if (probability > greatest)
                greatest = probability;
        }

        var upper = greatest + Confidence.ExtendedZ * Extended.Sqrt(greatest * (one - greatest) / (length - 1L));
        if (upper > one)
            upper = one;
        // 0 of probability 1, and not the -0 of a change of sign.
        return new TupleProbability(greatest.ToDouble(), upper.ToDouble(), 0 - Extended.Log2(upper).ToDouble());
    }
}
