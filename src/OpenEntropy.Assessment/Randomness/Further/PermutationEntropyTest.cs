using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Do four successive values stand in each of their 24 orders equally often? The entropy of the orders of disjoint groups of four 32-bit values, by
/// its likelihood ratio, chi-square of 23 degrees of freedom, two-sided. Disjoint groups are independent, which overlapping ones are not, and
/// values of 32 bits are equal once in 10^9 groups, where those of bytes would favour the ascending order. 20 of each order are to be expected.
/// </summary>
internal sealed class PermutationEntropyTest : RandomnessTest
{
    private const int GroupSize = 4;
    private const int GroupBits = GroupSize * 32;
    private const int Orders = 24;
    private const int GroupsPerCheckpoint = 1 << 14;

    public override string Name => "Permutation entropy";

    public override string Source => "Bandt and Pompe, Physical Review Letters 88 (2002); Knuth, TAOCP vol. 2, 3.3.2 F";

    public override int MinimumBits => Orders * GroupBits;

    public override int RecommendedBits(RandomnessOptions options) => 20 * Orders * GroupBits;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var counts = new int[Orders];
        var groups = bits.Length / GroupBits;
        Span<ulong> group = stackalloc ulong[GroupSize];
        for (var i = 0; i < groups; i++)
        {
            for (var j = 0; j < GroupSize; j++)
                group[j] = SequenceValues.At(bits, ((long)i * GroupBits) + (32 * j), 32);
            counts[OrderOf(group)]++;
            if (i % GroupsPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        var entropy = EntropyOfCells.Of(counts);
        return Applied(
            Distributions.TwoSidedChiSquare(entropy.LikelihoodRatio, Orders - 1),
            new Statistic("entropy", entropy.Bits) { Unit = "bits per group of four", Ideal = Math.Log2(Orders) },
            new Statistic("G", entropy.LikelihoodRatio) { Ideal = Orders - 1 }
        );
    }

    /// <summary>The number of the order, 0 to 23: its inversions in the factorial number system.</summary>
    internal static int OrderOf(ReadOnlySpan<ulong> values)
    {
        var order = 0;
        for (var i = 1; i < values.Length; i++)
        {
            var greater = 0;
            for (var j = 0; j < i; j++)
                greater += values[j] > values[i] ? 1 : 0;
            order = (order * (i + 1)) + greater;
        }

        return order;
    }
}
