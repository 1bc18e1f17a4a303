namespace OpenEntropy.Assessment.Restart;

/// <summary>
/// X_cutoff of the sanity check (SP 800-90B, 3.1.4.3) as NIST's tool finds it: many rounds of 1,000 samples from the worst case of H_I, in each the
/// count of the most common symbol, and of those counts the one that a share α of the rounds exceeds.
/// </summary>
/// <remarks>
/// A round's 1,000 samples are used for nothing but their greatest count, so that count is drawn itself, from its exact distribution
/// (<see cref="MaximumCount"/>) by inversion: with u uniform in [0, 1), the smallest x with u &lt; P(max ≤ x). The rounds are
/// independent as before and their counts distributed as before, so the cutoff is too, to the 1e-12 of the distribution and the 2^−53 of u. Five
/// million rounds take a fraction of a second in place of 5 · 10^9 samples.
/// </remarks>
internal static class CutoffSimulation
{
    private const int RoundsBetweenCheckpoints = 1 << 16;
    private const int GuideSize = 1 << 10;

    /// <summary>Simulates the cutoff.</summary>
    /// <param name="distribution">Of the greatest count.</param>
    /// <param name="alpha">The share of rounds that may exceed the cutoff.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="seed">Of the generator.</param>
    /// <param name="checkpoint">Called every millisecond or two.</param>
    public static int Run(MaximumCountDistribution distribution, double alpha, int rounds, ulong seed, Checkpoint? checkpoint)
    {
        var generator = new Xoshiro256(seed);
        var cumulative = distribution.Cumulative;
        var guide = Guide(cumulative);
        var counts = new long[cumulative.Length];
        for (var round = 0; round < rounds; round++)
        {
            if (round % RoundsBetweenCheckpoints == 0)
                checkpoint?.Invoke();
            var u = generator.NextUnit();
            var count = guide[(int)(u * GuideSize)];
            while (cumulative[count] <= u)
                count++;
            counts[count]++;
        }

        // The order statistic of rank ⌊(1 − α) rounds⌋.
        var rank = (long)Math.Floor((1.0 - alpha) * rounds);
        var at = 0;
        for (var below = counts[0]; below < rank; below += counts[at])
            at++;
        return distribution.First + at;
    }

    /// <summary>For u from i / 1024 on, the first place that may be above it: most searches end there.</summary>
    private static int[] Guide(double[] rising)
    {
        var guide = new int[GuideSize];
        for (int i = 0, at = 0; i < GuideSize; i++)
        {
            while (rising[at] <= i / (double)GuideSize)
                at++;
            guide[i] = at;
        }

        return guide;
    }
}
