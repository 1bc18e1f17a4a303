using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>Is about half of each block of M bits ones? Both modes are the same.</summary>
internal sealed class BlockFrequencyTest : RandomnessTest
{
    private const int BlocksPerCheckpoint = 1 << 13;

    public override string Name => "Block frequency";

    public override string Source => "SP 800-22 Rev. 1a, 2.2";

    public override int MinimumBits => 2;

    public override int RecommendedBits(RandomnessOptions options) => Math.Max(100, options.BlockFrequencyLength);

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var length = options.BlockFrequencyLength;
        // Step 1. The last n mod M bits are not used.
        var blocks = bits.Length / length;
        if (blocks == 0)
            return NotApplicable($"It needs a block of M = {length:N0} bits; there are {bits.Length:N0}.");
        // Step 2 and 3.
        var sum = 0.0;
        for (var block = 0; block < blocks; block++)
        {
            var deviation = ((double)bits.CountOnes((long)block * length, length) / length) - 0.5;
            sum += deviation * deviation;
            if (block % BlocksPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        var chiSquare = 4.0 * length * sum;
        // Step 4.
        var p = Distributions.UpperIncompleteGammaRatio(blocks / 2.0, chiSquare / 2.0);
        return Applied(p, new Statistic("Chi^2", chiSquare), new Statistic("N", blocks), new Statistic("M", length));
    }
}
