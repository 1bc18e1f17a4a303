using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>Whether blocks of the sequence need linear feedback shift registers as long as random ones do.</summary>
/// <remarks>
/// The modes differ in π_0, 1/96: the publication has 0.010417, NIST's program 0.01047. The program's mean μ also has the sign of its second term the
/// wrong way round. That moves T by 1/18 and no block into another class: apart from that T is an integer, and so it is computed here.
/// </remarks>
internal sealed class LinearComplexityTest : RandomnessTest
{
    /// <summary>2.10.7: the fewest blocks.</summary>
    private const int MinimumBlocks = 200;

    /// <summary>2.10.7: the shortest blocks, bits.</summary>
    private const int MinimumBlockLength = 500;

    /// <summary>Bits between two checkpoints at least: a few milliseconds' work.</summary>
    private const int CheckpointInterval = 1 << 16;

    /// <summary>
    /// As printed in 2.10.4, for T ≤ −3, −2, −1, 0, 1, 2, and T ≥ 3. By 3.10, T is 0 with a probability of 1/2, k above 0 with 2^−2k and −k with
    /// 2^(−2k−1), so that the first is 1/96 and the last 1/48.
    /// </summary>
    internal static readonly double[] Probabilities = [0.010417, 0.03125, 0.125, 0.5, 0.25, 0.0625, 0.020833];

    private static readonly double[] Sts212Probabilities = [0.01047, 0.03125, 0.125, 0.5, 0.25, 0.0625, 0.020833];

    public override string Name => "Linear complexity";

    public override string Source => "SP 800-22 Rev. 1a, 2.10";

    public override int MinimumBits => MinimumBlocks * MinimumBlockLength;

    public override int RecommendedBits(RandomnessOptions options) => 1_000_000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        // Step 1.
        var m = options.LinearComplexityLength;
        var blocks = bits.Length / m;
        if (blocks < MinimumBlocks)
        {
            return NotApplicable(
                $"With blocks of {m:N0} bits it needs at least {(long)MinimumBlocks * m:N0} bits, {MinimumBlocks} blocks; there are {bits.Length:N0}."
            );
        }

        // Steps 2 to 5.
        var register = new BerlekampMassey(m);
        var observed = new int[Probabilities.Length];
        for (var block = 0; block < blocks; block++)
        {
            observed[Class(register.LinearComplexity(bits, block * m), m)]++;
            if (block * (long)m % CheckpointInterval < m)
                options.Checkpoint?.Invoke();
        }

        // Steps 6 and 7.
        var chiSquared = GoodnessOfFit.ChiSquared(observed, options.Mode == Sp80022Mode.Sts212 ? Sts212Probabilities : Probabilities);
        return Applied(
            Distributions.UpperIncompleteGammaRatio((observed.Length - 1) / 2.0, chiSquared / 2),
            [
                new Statistic("N", blocks),
                .. observed.Select((count, i) => new Statistic($"v{i}", count)),
                new Statistic("Chi^2", chiSquared),
            ]
        );
    }

    /// <summary>
    /// Steps 3 to 5: the class of T = (−1)^M (L − μ) + 2/9, μ = M/2 + (9 + (−1)^(M+1))/36 − (M/3 + 2/9)/2^M. But for the last term, which is nothing at
    /// M ≥ 500, that is L − M/2 for even and (M + 1)/2 − L for odd M.
    /// </summary>
    internal static int Class(int complexity, int blockLength)
    {
        var t = blockLength % 2 == 0 ? complexity - (blockLength / 2) : ((blockLength + 1) / 2) - complexity;
        return Math.Clamp(t, -3, 3) + 3;
    }
}
