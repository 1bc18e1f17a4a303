using System.Numerics;

namespace OpenEntropy.Assessment.Suffixes;

/// <summary>
/// The suffix array of a bit string in linear time and no memory but its own. The suffixes that begin with a run of zeros are sorted first; those
/// that begin with ones follow from them in one pass, those that begin with zeros from these in another. The end counts as less than a zero.
/// </summary>
internal static class BitSuffixArray
{
    private const int CheckpointMask = IntegerSuffixArray.CheckpointMask;

    /// <summary>Sorts the suffixes of a bit string.</summary>
    /// <param name="bits">n bits, at least one.</param>
    /// <param name="suffixes">n integers, which receive where the suffixes begin, in their order.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static void Sort(PackedBits bits, Span<int> suffixes, Checkpoint? checkpoint)
    {
        var ones = 0;
        foreach (var word in bits.Words)
            ones += BitOperations.PopCount(word);
        var zeros = bits.Length - ones;
        var trailing = bits[bits.Length - 1] == 0 ? TrailingZeros(bits) : 0;

        var runs = ZeroRunOrder.Sort(bits, suffixes, checkpoint);
        PlaceOnes(bits, suffixes, zeros, runs, trailing, checkpoint);
        PlaceZeros(bits, suffixes, zeros, trailing, checkpoint);
    }

    private static int TrailingZeros(PackedBits bits)
    {
        var count = 0;
        while (count < bits.Length && bits[bits.Length - 1 - count] == 0)
            count++;
        return count;
    }

    /// <summary>Suffixes that begin with a one, each placed when the next less one that it leads to is passed: all are greater than that.</summary>
    private static void PlaceOnes(PackedBits bits, Span<int> suffixes, int zeros, int runs, int trailing, Checkpoint? checkpoint)
    {
        var next = zeros;
        // The end is the least of all; then the zeros before it, of which but the first has a one before it; then the runs in their order.
        var beforeEnd = bits.Length - 1 - trailing;
        if (beforeEnd >= 0)
            suffixes[next++] = beforeEnd;
        for (var k = 0; k < runs; k++)
        {
            suffixes[next++] = suffixes[k] - 1;
            if ((k & CheckpointMask) == 0)
                checkpoint?.Invoke();
        }

        for (var k = zeros; k < suffixes.Length; k++)
        {
            var before = suffixes[k] - 1;
            if (before >= 0 && bits[before] == 1)
                suffixes[next++] = before;
            if ((k & CheckpointMask) == 0)
                checkpoint?.Invoke();
        }
    }

    /// <summary>Suffixes that begin with a zero, from the greatest down, each placed when the greater one that it leads to is passed.</summary>
    private static void PlaceZeros(PackedBits bits, Span<int> suffixes, int zeros, int trailing, Checkpoint? checkpoint)
    {
        var next = zeros;
        for (var k = suffixes.Length - 1; k >= trailing; k--)
        {
            var before = suffixes[k] - 1;
            if (before >= 0 && bits[before] == 0)
                suffixes[--next] = before;
            if ((k & CheckpointMask) == 0)
                checkpoint?.Invoke();
        }

        for (var k = 0; k < trailing; k++)
            suffixes[k] = bits.Length - 1 - k;
    }
}
