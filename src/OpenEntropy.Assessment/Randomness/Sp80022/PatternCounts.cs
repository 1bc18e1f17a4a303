using System.Buffers.Binary;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>How often each pattern of m bits occurs, overlapping, in a sequence whose end is joined to its beginning.</summary>
internal static class PatternCounts
{
    private const int PatternsPerStep = 32;
    private const int StepsPerCheckpoint = 1 << 15;

    /// <summary>One pass over the sequence.</summary>
    /// <param name="bits">The sequence, of m bits at least.</param>
    /// <param name="length">m, 1 to 32 bits.</param>
    /// <param name="checkpoint">Called every million bits.</param>
    /// <returns>2^m counts, by the pattern read as a number, its first bit the most significant.</returns>
    public static uint[] Circular(BitSequence bits, int length, Checkpoint? checkpoint)
    {
        var counts = new uint[1 << length];
        var steps = (bits.Length - length + 1) / PatternsPerStep;
        for (var step = 0; step < steps; step++)
        {
            var window = Reverse(bits.WordAt((long)step * PatternsPerStep));
            for (var i = 0; i < PatternsPerStep; i++)
                counts[(window << i) >> (64 - length)]++;
            if (step % StepsPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        // The patterns left, among them those across the joint.
        for (var i = steps * PatternsPerStep; i < bits.Length; i++)
        {
            var pattern = 0;
            for (var j = 0; j < length; j++)
                pattern = (2 * pattern) + bits[(int)(((long)i + j) % bits.Length)];
            counts[pattern]++;
        }

        return counts;
    }

    /// <summary>The counts of the patterns one bit shorter: each is followed by a zero or a one, as nothing ends at the joint.</summary>
    public static uint[] Shorter(uint[] counts)
    {
        var shorter = new uint[counts.Length / 2];
        for (var i = 0; i < shorter.Length; i++)
            shorter[i] = counts[2 * i] + counts[(2 * i) + 1];
        return shorter;
    }

    /// <summary>The bits in the opposite order.</summary>
    private static ulong Reverse(ulong word)
    {
        word = ((word >> 1) & 0x5555555555555555) | ((word & 0x5555555555555555) << 1);
        word = ((word >> 2) & 0x3333333333333333) | ((word & 0x3333333333333333) << 2);
        word = ((word >> 4) & 0x0F0F0F0F0F0F0F0F) | ((word & 0x0F0F0F0F0F0F0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(word);
    }
}
