using System.Numerics;

namespace OpenEntropy.Assessment.Suffixes;

/// <summary>
/// The lengths of the longest common prefixes of neighbours in a suffix array. Those of every 64th suffix are found in the order of the text,
/// where each is at most 64 shorter than the one before; they bound the others from below: J. Kärkkäinen, G. Manzini, S. J. Puglisi, "Permuted
/// Longest-Common-Prefix Array" (2009). So no bit is compared often, and next to nothing is stored.
/// </summary>
internal static class CommonPrefixes
{
    private const int Sampling = 64;
    private const int WindowBits = 64;
    private const int CheckpointMask = IntegerSuffixArray.CheckpointMask;

    /// <summary>Puts in place of each suffix the length that it shares with the one before it; 0 in place of the first.</summary>
    /// <param name="bits">The bit string.</param>
    /// <param name="suffixes">Its suffix array.</param>
    /// <param name="width">The width of a symbol, bits.</param>
    /// <param name="symbols">The same for the suffixes that begin with a symbol, in symbols; empty where that is not wanted.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static void Replace(PackedBits bits, Span<int> suffixes, int width, Span<int> symbols, Checkpoint? checkpoint)
    {
        var sampled = Sample(bits, suffixes, checkpoint);
        var next = 0;
        var least = 0;
        var before = suffixes[0];
        var windowBefore = bits.Window(before);
        for (var k = 0; k < suffixes.Length; k++)
        {
            var suffix = suffixes[k];
            var window = bits.Window(suffix);
            var length = 0;
            if (k > 0)
            {
                var difference = window ^ windowBefore;
                length =
                    difference != 0
                        ? Math.Min(BitOperations.LeadingZeroCount(difference), bits.Length - Math.Max(suffix, before))
                        : bits.CommonPrefix(suffix, before, Math.Max(0, sampled[suffix / Sampling] - (suffix % Sampling)));
            }

            suffixes[k] = length;
            least = Math.Min(least, length);
            if (next < symbols.Length && suffix % width == 0)
            {
                // What two suffixes share is the least of what any neighbours between them share.
                symbols[next++] = least / width;
                least = int.MaxValue;
            }

            (before, windowBefore) = (suffix, window);
            if ((k & CheckpointMask) == 0)
                checkpoint?.Invoke();
        }
    }

    /// <summary>What every 64th suffix shares with the one before it in the array.</summary>
    private static int[] Sample(PackedBits bits, ReadOnlySpan<int> suffixes, Checkpoint? checkpoint)
    {
        var sampled = new int[(bits.Length / Sampling) + 1];
        var before = -1;
        for (var k = 0; k < suffixes.Length; k++)
        {
            var suffix = suffixes[k];
            if (suffix % Sampling == 0)
                sampled[suffix / Sampling] = before;
            before = suffix;
            if ((k & CheckpointMask) == 0)
                checkpoint?.Invoke();
        }

        var length = 0;
        for (var i = 0; i * Sampling < bits.Length; i++)
        {
            var neighbour = sampled[i];
            length = neighbour < 0 ? 0 : bits.CommonPrefix(i * Sampling, neighbour, Math.Max(0, length - Sampling));
            sampled[i] = length;
            if (i % 4096 == 0)
                checkpoint?.Invoke();
        }

        return sampled;
    }
}
