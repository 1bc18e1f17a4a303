using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// Are all patterns of m overlapping bits equally frequent? Both modes are the same. NIST's program also runs where there are fewer bits than
/// patterns, where chi-square says nothing; here that is "not applicable".
/// </summary>
internal sealed class SerialTest : RandomnessTest
{
    public override string Name => "Serial";

    public override string Source => "SP 800-22 Rev. 1a, 2.11";

    public override int MinimumBits => 4;

    /// <summary>The publication's m &lt; ⌊log2 n⌋ − 2.</summary>
    public override int RecommendedBits(RandomnessOptions options) => 1 << (options.SerialLength + 3);

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var m = options.SerialLength;
        if (bits.Length < 1 << m)
            return NotApplicable($"It needs {1 << m:N0} bits at least for patterns of m = {m} bits; there are {bits.Length:N0}.");
        // Step 1 and 2. The shorter patterns' counts follow from the longest's.
        var counts = PatternCounts.Circular(bits, m, options.Checkpoint);
        // Step 3.
        Span<double> psi = stackalloc double[3];
        for (var shorter = 0; shorter < psi.Length; shorter++)
        {
            psi[shorter] = PsiSquare(counts, bits.Length);
            counts = PatternCounts.Shorter(counts);
            options.Checkpoint?.Invoke();
        }

        // Step 4.
        var first = psi[0] - psi[1];
        var second = psi[0] - (2.0 * psi[1]) + psi[2];
        // Step 5.
        return Applied(
            [
                new("p1", Distributions.UpperIncompleteGammaRatio(Math.ScaleB(1, m - 2), first / 2.0)),
                new("p2", Distributions.UpperIncompleteGammaRatio(Math.ScaleB(1, m - 3), second / 2.0)),
            ],
            [new("m", m), new("Psi_m", psi[0]), new("Psi_m-1", psi[1]), new("Psi_m-2", psi[2]), new("Del_1", first), new("Del_2", second)]
        );
    }

    /// <summary>ψ² = (2^m / n) Σ v² − n; 0 for m = 0.</summary>
    private static double PsiSquare(uint[] counts, int n)
    {
        var squares = 0L; // at most n², below 2^62
        foreach (var count in counts)
            squares += (long)count * count;
        return ((double)squares * counts.Length / n) - n;
    }
}
