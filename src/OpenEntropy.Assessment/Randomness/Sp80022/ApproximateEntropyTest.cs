using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// How much more varied are patterns of m + 1 overlapping bits than those of m? Both modes are the same. NIST's program also runs where there
/// are fewer bits than patterns of m bits, where chi-square says nothing; here that is "not applicable".
/// </summary>
internal sealed class ApproximateEntropyTest : RandomnessTest
{
    private const int CountsPerCheckpoint = 1 << 18;

    public override string Name => "Approximate entropy";

    public override string Source => "SP 800-22 Rev. 1a, 2.12";

    public override int MinimumBits => 2;

    /// <summary>The publication's m &lt; ⌊log2 n⌋ − 5.</summary>
    public override int RecommendedBits(RandomnessOptions options) => 1 << (options.ApproximateEntropyLength + 6);

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var m = options.ApproximateEntropyLength;
        if (bits.Length < 1 << m)
            return NotApplicable($"It needs {1 << m:N0} bits at least for patterns of m = {m} bits; there are {bits.Length:N0}.");
        // Step 1 to 5. The shorter patterns' counts follow from the longer's.
        var longer = PatternCounts.Circular(bits, m + 1, options.Checkpoint);
        var phiLonger = Phi(longer, bits.Length, options.Checkpoint);
        var phi = Phi(PatternCounts.Shorter(longer), bits.Length, options.Checkpoint);
        // Step 6.
        var entropy = phi - phiLonger;
        var chiSquare = 2.0 * bits.Length * (Math.Log(2) - entropy);
        // Step 7.
        var p = Distributions.UpperIncompleteGammaRatio(Math.ScaleB(1, m - 1), chiSquare / 2.0);
        return Applied(p, [new("m", m), new("Chi^2", chiSquare), new("Phi(m)", phi), new("Phi(m+1)", phiLonger), new("ApEn", entropy)]);
    }

    /// <summary>φ = Σ π ln π over the patterns' shares, summed in their order as NIST's program does.</summary>
    private static double Phi(uint[] counts, double n, Checkpoint? checkpoint)
    {
        var sum = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                sum += counts[i] * Math.Log(counts[i] / n);
            if (i % CountsPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        return sum / n;
    }
}
