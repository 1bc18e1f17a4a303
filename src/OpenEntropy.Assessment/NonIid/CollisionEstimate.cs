namespace OpenEntropy.Assessment.NonIid;

/// <summary>SP 800-90B, 6.3.2: how many bits it takes, on average, until one has been seen twice.</summary>
/// <param name="MinEntropy">Estimated min-entropy of a bit, bits.</param>
/// <param name="Collisions">v, the number of collisions.</param>
/// <param name="BitsToCollisions">The sum of all t_i, the bits that led to collisions.</param>
/// <param name="Mean">X-bar, the mean of the t_i, bits.</param>
/// <param name="StandardDeviation">sigma-hat, their standard deviation, bits.</param>
/// <param name="LowerMean">X-bar', the lower bound of the 99 % confidence interval of the mean, at least 2, bits.</param>
/// <param name="FoundP">False where no probability explains so high a mean, and 1/2 stands for it.</param>
/// <param name="P">p, the probability of the likelier bit.</param>
public sealed record CollisionEstimate(
    double MinEntropy,
    long Collisions,
    long BitsToCollisions,
    double Mean,
    double StandardDeviation,
    double LowerMean,
    bool FoundP,
    double P
) : EntropyEstimate(MinEntropy)
{
    private const int Chunk = 1 << 22;

    /// <inheritdoc/>
    public override string Estimator => NonIidEstimator.Collision.Name;

    /// <inheritdoc/>
    public override string Clause => NonIidEstimator.Collision.Clause;

    /// <summary>Estimates from bits.</summary>
    /// <param name="bits">The bits, one a byte.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <returns>
    /// The estimate; null where there are fewer than two collisions (there are two in any 6 bits), which have no standard deviation: NIST's tool divides
    /// by zero there and answers 1.
    /// </returns>
    internal static CollisionEstimate? Of(ReadOnlySpan<byte> bits, Checkpoint? checkpoint = null)
    {
        // Steps 1 to 4.
        var (v, length) = Collide(bits, checkpoint);
        if (v < 2)
            return null;

        // Step 5. Each t is 2 or 3, so that the two sums tell how many of each there are.
        var threes = length - 2 * v;
        double squares = 4 * (v - threes) + 9 * threes;
        var mean = length / (double)v;
        var deviation = Math.Sqrt((squares - length * mean) / (v - 1));
        // Step 6. No collision takes fewer than two bits.
        var lower = Math.Max(2.0, mean - Confidence.Z * deviation / Math.Sqrt(v));

        // Steps 7 and 8: of two symbols the expected t is 2 + 2 p (1 - p), so p is a root of a quadratic; above 2.5 there is none.
        if (lower >= 2.5)
            return new CollisionEstimate(1.0, v, length, mean, deviation, lower, false, 0.5);
        var p = 0.5 + Math.Sqrt(1.25 - 0.5 * lower);
        return new CollisionEstimate(MinEntropyOf.Probability(p), v, length, mean, deviation, lower, true, p);
    }

    /// <summary>How many collisions there are and how many bits they take: two alike, or three of which the first two differ.</summary>
    private static (long Collisions, long Length) Collide(ReadOnlySpan<byte> bits, Checkpoint? checkpoint)
    {
        long collisions = 0;
        var i = 0;
        while (i < bits.Length - 2)
        {
            checkpoint?.Invoke();
            // Without a branch on the bits, which nothing can predict.
            var end = (int)Math.Min(bits.Length - 2, (long)i + Chunk);
            for (; i < end; i += 2 + (bits[i] ^ bits[i + 1]))
                collisions++;
        }

        // Of the last two bits only two alike are a collision.
        if (i == bits.Length - 2 && bits[i] == bits[i + 1])
            return (collisions + 1, bits.Length);
        return (collisions, i);
    }
}
