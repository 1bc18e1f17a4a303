namespace OpenEntropy.Assessment.Numerics;

/// <summary>Sorts integers byte by byte, from the least significant: linear, and it can be interrupted.</summary>
internal static class RadixSort
{
    private const int DigitBits = 8;
    private const int ValuesPerCheckpoint = 1 << 16;

    /// <summary>The values in ascending order; the array given is used up.</summary>
    /// <param name="values">The values, each below 2^<paramref name="bits"/>.</param>
    /// <param name="bits">1 to 64.</param>
    /// <param name="checkpoint">Called every 2^16 values of a pass.</param>
    public static ulong[] Sort(ulong[] values, int bits, Checkpoint? checkpoint)
    {
        var (from, to) = (values, new ulong[values.Length]);
        for (var shift = 0; shift < bits; shift += DigitBits)
        {
            Pass(from, to, shift, checkpoint);
            (from, to) = (to, from);
        }

        return from;
    }

    private static void Pass(ulong[] from, ulong[] to, int shift, Checkpoint? checkpoint)
    {
        var next = new int[1 << DigitBits];
        foreach (var value in from)
            next[(byte)(value >> shift)]++;
        var start = 0;
        for (var digit = 0; digit < next.Length; digit++)
            (next[digit], start) = (start, start + next[digit]);
        for (var i = 0; i < from.Length; i++)
        {
            to[next[(byte)(from[i] >> shift)]++] = from[i];
            if (i % ValuesPerCheckpoint == 0)
                checkpoint?.Invoke();
        }
    }
}
