namespace OpenEntropy.Assessment.Quick;

/// <summary>
/// Collision entropy, −log2 Σ p². The probability that two samples are equal is estimated without bias by the share of pairs that are,
/// ĉ = Σ c (c − 1) / (n (n − 1)).
/// </summary>
/// <remarks>
/// The interval is Z standard deviations to both sides of ĉ, then its logarithm. The variance is the exact one of such a mean over pairs,
/// (4 (n − 2) (Σ p³ − c²) + 2 (c − c²)) / (n (n − 1)), the moments estimated from triples and pairs. Z deviations of
/// the proportions along its gradient bend Σ p² by Z² max p̂ / n at most, which is added. k values collide once in k at least.
/// </remarks>
internal static class CollisionEntropy
{
    /// <param name="counts">How often each of the k values a sample may have occurs.</param>
    /// <param name="length">n, the number of samples.</param>
    public static QuickMetric Of(ReadOnlySpan<int> counts, int length)
    {
        var (pairs, triples, squares, most) = (0.0, 0.0, 0.0, 0.0);
        foreach (double count in counts)
        {
            most = Math.Max(most, count);
            squares += count * count;
            pairs += count * (count - 1);
            triples += count * (count - 1) * (count - 2);
        }

        double n = length;
        var collisions = pairs / (n * (n - 1));
        var cubes = triples / (n * (n - 1) * (n - 2));
        var square = collisions * collisions;
        var variance = ((4 * (n - 2) * Math.Max(0, cubes - square)) + (2 * (collisions - square))) / (n * (n - 1));
        const double z = Confidence.Z;
        var margin = (z * Math.Sqrt(variance)) + (z * z * most / (n * n));
        var fewest = 1.0 / counts.Length;
        return new QuickMetric(
            "Collision entropy (Rényi, order 2)",
            Bits(Math.Max(collisions, fewest)),
            Bits(squares / (n * n)),
            Bits(Math.Clamp(collisions + margin, fewest, 1)),
            Bits(Math.Max(Math.Min(collisions - margin, LeastOfOneValue(counts, length)), fewest)),
            length
        );
    }

    /// <summary>Where only one value was seen there is no variance to see: the rest has mass u at most, and two samples are equal with (1 − u)².</summary>
    private static double LeastOfOneValue(ReadOnlySpan<int> counts, int length) =>
        counts.Contains(length) ? Math.Pow(0.005, 2.0 / length) : 1;

    private static double Bits(double probability) => Math.Abs(Math.Log2(probability));
}
