using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>Are there as many ones as zeros? Both modes are the same.</summary>
internal sealed class FrequencyTest : RandomnessTest
{
    public override string Name => "Frequency";

    public override string Source => "SP 800-22 Rev. 1a, 2.1";

    public override int MinimumBits => 1;

    public override int RecommendedBits(RandomnessOptions options) => 100;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        // Step 1. S_n, ones counted as +1 and zeros as −1.
        var sum = (2L * bits.CountOnes(options.Checkpoint)) - bits.Length;
        // Step 2.
        var statistic = Math.Abs(sum) / Math.Sqrt(bits.Length);
        // Step 3.
        var p = Distributions.ErrorFunctionComplement(statistic / Math.Sqrt(2));
        return Applied(p, new Statistic("S_n", sum), new Statistic("s_obs", statistic));
    }
}
