using System.Numerics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// Does the sequence change between ones and zeros as often as it should? The publication does not apply the test where the ones' share π is
/// 2/√n or more away from 1/2, and sets the p-value to 0; NIST's program does so where it is more than that. Here that is "not applicable".
/// </summary>
internal sealed class RunsTest : RandomnessTest
{
    private const int WordBits = 64;
    private const int WordsPerCheckpoint = 1 << 18;

    public override string Name => "Runs";

    public override string Source => "SP 800-22 Rev. 1a, 2.3";

    public override int MinimumBits => 2;

    public override int RecommendedBits(RandomnessOptions options) => 100;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        double n = bits.Length;
        // Step 1.
        var share = bits.CountOnes(options.Checkpoint) / n;
        // Step 2.
        var limit = 2.0 / Math.Sqrt(n);
        var distance = Math.Abs(share - 0.5);
        var applies = options.Mode == Sp80022Mode.Sts212 ? distance <= limit : distance < limit;
        if (!applies)
            return NotApplicable($"It needs a share of ones within {limit:G4} of 1/2; it is {share:G6}, so the frequency test decides.");
        if (share is 0 or 1)
            return NotApplicable($"It needs ones and zeros; all {bits.Length:N0} bits are {share}.");
        // Step 3.
        var runs = 1 + Changes(bits, options.Checkpoint);
        // Step 4.
        var expected = 2.0 * n * share * (1 - share);
        var argument = Math.Abs(runs - expected) / (2.0 * share * (1 - share) * Math.Sqrt(2 * n));
        var p = Distributions.ErrorFunctionComplement(argument);
        return Applied(p, new Statistic("Pi", share), new Statistic("V_n", runs), new Statistic("argument of erfc", argument));
    }

    /// <summary>How many bits differ from the next.</summary>
    private static int Changes(BitSequence bits, Checkpoint? checkpoint)
    {
        var changes = 0;
        var words = bits.Words;
        for (var i = 0; i < words.Length; i++)
        {
            var next = i + 1 < words.Length ? words[i + 1] : 0;
            changes += BitOperations.PopCount(words[i] ^ ((words[i] >> 1) | (next << (WordBits - 1))));
            if (i % WordsPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        // The zeros past the end make one more, if the last bit is a one.
        return changes - bits[bits.Length - 1];
    }
}
