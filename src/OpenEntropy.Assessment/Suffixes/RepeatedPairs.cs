namespace OpenEntropy.Assessment.Suffixes;

/// <summary>The pairs of equal tuples (SP 800-90B, 6.3.6, step 3), of lengths at which none occurs as often as the cutoff.</summary>
internal static class RepeatedPairs
{
    // Lengths whose pairs are counted in one pass: 8 MB of counts. More are only needed where very long tuples repeat.
    private const int LengthsAtOnce = 1 << 20;

    /// <summary>The greatest of P_W^(1/W) of the lengths W from shortest to longest.</summary>
    public static RootMaximum Maximum(
        ReadOnlySpan<int> prefixes,
        int shortest,
        int longest,
        Checkpoint? checkpoint,
        int lengthsAtOnce = LengthsAtOnce
    )
    {
        var maximum = new RootMaximum();
        if (longest < shortest)
            return maximum;
        using var memory = new NativeBuffer<long>(Math.Min(longest - shortest + 1, lengthsAtOnce));
        var counts = memory.Span;
        long pairs = 0;
        for (var top = longest; top >= shortest; top -= counts.Length)
        {
            var bottom = Math.Max(shortest, top - counts.Length + 1);
            counts.Clear();
            Count(prefixes, bottom, counts[..(top - bottom + 1)], checkpoint);
            for (var length = top; length >= bottom; length--)
            {
                // Those that share exactly this length; where there are none, P is that of a longer tuple, and P^(1/W) less.
                var exactly = counts[length - bottom];
                pairs += exactly;
                long tuples = prefixes.Length - length + 1;
                if (exactly > 0)
                    maximum.Add(pairs, tuples * (tuples - 1) / 2, length);
            }
        }

        return maximum;
    }

    /// <summary>Counts the pairs of suffixes that share exactly bottom, bottom + 1, … symbols.</summary>
    private static void Count(ReadOnlySpan<int> prefixes, int bottom, Span<long> counts, Checkpoint? checkpoint)
    {
        // Nested runs of suffixes, each longer than the next inner one, and all shorter than the cutoff.
        Span<int> firsts = stackalloc int[PrefixCounts.Cutoff];
        Span<int> lengths = stackalloc int[PrefixCounts.Cutoff];
        var depth = 0;
        for (var k = 1; k <= prefixes.Length; k++)
        {
            var shared = k < prefixes.Length && prefixes[k] >= bottom ? prefixes[k] : 0;
            var first = k - 1;
            while (depth > 0 && lengths[depth - 1] > shared)
            {
                depth--;
                first = firsts[depth];
                long count = k - first;
                var pairs = count * (count - 1) / 2;
                var outer = Math.Max(shared, depth > 0 ? lengths[depth - 1] : 0);
                Add(counts, lengths[depth] - bottom, pairs);
                Add(counts, outer - bottom, -pairs);
            }

            if (shared > 0 && (depth == 0 || lengths[depth - 1] < shared))
                (firsts[depth], lengths[depth++]) = (first, shared);
            if ((k & IntegerSuffixArray.CheckpointMask) == 0)
                checkpoint?.Invoke();
        }
    }

    private static void Add(Span<long> counts, int at, long pairs)
    {
        if ((uint)at < (uint)counts.Length)
            counts[at] += pairs;
    }
}
