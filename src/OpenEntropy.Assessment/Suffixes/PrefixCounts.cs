namespace OpenEntropy.Assessment.Suffixes;

/// <summary>
/// Counts tuples from the common prefixes of neighbouring suffixes: a tuple of i symbols that occurs c times is a run of c suffixes in which all
/// neighbours share i or more. Only the longest tuple with those occurrences need be looked at: of two that occur as often, P^(1/i) is greater for
/// the longer one.
/// </summary>
internal static class PrefixCounts
{
    /// <summary>How often a tuple has to occur for the t-tuple estimate (SP 800-90B, 6.3.5, step 1).</summary>
    internal const int Cutoff = 35;

    private const int CheckpointMask = IntegerSuffixArray.CheckpointMask;

    /// <summary>Counts the tuples.</summary>
    /// <param name="prefixes">What each suffix shares with the one before it. Overwritten.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static RepeatedTuples Of(Span<int> prefixes, Checkpoint? checkpoint)
    {
        var (frequent, repeated) = Longest(prefixes, checkpoint);
        var pairs = RepeatedPairs.Maximum(prefixes, frequent + 1, repeated, checkpoint);
        return new(prefixes.Length, frequent, repeated, MostFrequent(prefixes, frequent, checkpoint), pairs);
    }

    /// <summary>t, the most that as many suffixes share as the cutoff asks for, and v, the most that two do.</summary>
    private static (int Frequent, int Repeated) Longest(ReadOnlySpan<int> prefixes, Checkpoint? checkpoint)
    {
        // The least of any so many in a row: of the rest of the block before, and of this block so far.
        const int window = Cutoff - 1;
        Span<int> rest = stackalloc int[window + 1];
        rest.Clear();
        int frequent = 0,
            repeated = 0;
        for (var start = 0; start < prefixes.Length; start += window)
        {
            var block = prefixes[start..Math.Min(start + window, prefixes.Length)];
            rest[window] = int.MaxValue;
            var least = int.MaxValue;
            for (var k = 0; k < block.Length; k++)
            {
                repeated = Math.Max(repeated, block[k]);
                least = Math.Min(least, block[k]);
                frequent = Math.Max(frequent, Math.Min(least, rest[k + 1]));
            }

            for (var k = block.Length - 1; k >= 0; k--)
                rest[k] = Math.Min(rest[k + 1], block[k]);
            if ((start / window & 0x1fff) == 0)
                checkpoint?.Invoke();
        }

        return (frequent, repeated);
    }

    /// <summary>
    /// The greatest share of a frequent tuple. The open runs of suffixes stand as a stack in the cells already passed: the length that a run shares
    /// in the cell of its first suffix, and in the cell before it, unless the next outer run begins there, where that one does begin.
    /// </summary>
    private static RootMaximum MostFrequent(Span<int> prefixes, int longest, Checkpoint? checkpoint)
    {
        var maximum = new RootMaximum();
        var stack = new RunStack(prefixes);
        var closed = 0;
        for (var k = 1; longest > 0 && k <= prefixes.Length; k++)
        {
            // Longer ones are too rare.
            var shared = k < prefixes.Length ? Math.Min(prefixes[k], longest) : 0;
            var first = k - 1;
            while (stack.Shared > shared)
            {
                first = stack.First;
                var count = k - first;
                if (count >= Cutoff)
                    maximum.Add(count, prefixes.Length - stack.Shared + 1, stack.Shared);
                stack.Pop();
                if ((++closed & CheckpointMask) == 0)
                    checkpoint?.Invoke();
            }

            if (stack.Shared < shared)
                stack.Push(first, shared);
            if ((k & CheckpointMask) == 0)
                checkpoint?.Invoke();
        }

        return maximum;
    }
}
