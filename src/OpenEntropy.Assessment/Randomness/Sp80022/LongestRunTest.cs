using System.Numerics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// Are the longest runs of ones in blocks of M bits as long as they should be? NIST's program, and the publication's section 3.4, round the
/// probabilities of the classes, those of M = 10,000 badly (0.0882 for 0.0866 in the first); corrected, they are computed.
/// </summary>
internal sealed class LongestRunTest : RandomnessTest
{
    private const int WordBits = 64;
    private const int BlocksPerCheckpoint = 1 << 13;

    public override string Name => "Longest run of ones in a block";

    public override string Source => "SP 800-22 Rev. 1a, 2.4";

    public override int MinimumBits => 128;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        // Step 1.
        var classes = LongestRunClasses.For(bits.Length);
        var probabilities = options.Mode == Sp80022Mode.Sts212 ? classes.Printed : classes.Exact();
        var blocks = bits.Length / classes.BlockLength;
        // Step 2.
        var counts = new int[probabilities.Count];
        for (var block = 0; block < blocks; block++)
        {
            var longest = LongestRun(bits, (long)block * classes.BlockLength, classes.BlockLength);
            counts[Math.Clamp(longest - classes.Shortest, 0, counts.Length - 1)]++;
            if (block % BlocksPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        // Step 3.
        var chiSquare = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            var expected = blocks * probabilities[i];
            chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        // Step 4.
        var p = Distributions.UpperIncompleteGammaRatio((counts.Length - 1) / 2.0, chiSquare / 2.0);
        var observed = counts.Select((count, i) => new Statistic($"v{i}", count));
        return Applied(p, [new("Chi^2", chiSquare), new("N", blocks), new("M", classes.BlockLength), .. observed]);
    }

    private static int LongestRun(BitSequence bits, long start, int length)
    {
        var longest = 0;
        var open = 0; // the run of ones that reaches the end of what has been read
        for (; length > 0; length -= WordBits, start += WordBits)
        {
            var width = Math.Min(length, WordBits);
            var ones = ulong.MaxValue >> (WordBits - width);
            var word = bits.WordAt(start) & ones;
            if (word == ones)
            {
                open += width;
                longest = Math.Max(longest, open);
                continue;
            }

            longest = Math.Max(longest, Math.Max(open + BitOperations.TrailingZeroCount(~word), LongestRun(word)));
            open = BitOperations.LeadingZeroCount(~(word << (WordBits - width)));
        }

        return longest;
    }

    private static int LongestRun(ulong word)
    {
        // Every step shortens each run of ones by one.
        var length = 0;
        for (; word != 0; length++)
            word &= word << 1;
        return length;
    }
}
