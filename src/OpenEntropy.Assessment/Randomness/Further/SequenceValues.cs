namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>A sequence taken as integers of some bits each, the first bit the most significant; bits left over at the end do not count.</summary>
internal static class SequenceValues
{
    /// <summary>How many values loops take between two checkpoints, a fraction of a millisecond's work.</summary>
    public const int ValuesPerCheckpoint = 1 << 16;

    /// <summary>The bytes, as <see cref="BitSequence.FromBytes"/> took them.</summary>
    /// <param name="bits">The sequence.</param>
    /// <param name="checkpoint">Called every 2^16 bytes.</param>
    public static byte[] Bytes(BitSequence bits, Checkpoint? checkpoint)
    {
        var bytes = new byte[bits.Length / 8];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)At(bits, 8L * i, 8);
            if (i % ValuesPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        return bytes;
    }

    /// <summary>How often each byte occurs.</summary>
    /// <param name="bits">The sequence.</param>
    /// <param name="checkpoint">Called every 2^16 bytes.</param>
    public static int[] ByteCounts(BitSequence bits, Checkpoint? checkpoint)
    {
        var counts = new int[256];
        var bytes = Bytes(bits, checkpoint);
        for (var i = 0; i < bytes.Length; i++)
        {
            counts[bytes[i]]++;
            if (i % ValuesPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        return counts;
    }

    /// <summary>The first integers.</summary>
    /// <param name="bits">The sequence.</param>
    /// <param name="count">How many, at most ⌊n / width⌋.</param>
    /// <param name="width">Bits of each, 1 to 64.</param>
    /// <param name="checkpoint">Called every 2^16 integers.</param>
    public static ulong[] Integers(BitSequence bits, int count, int width, Checkpoint? checkpoint)
    {
        var values = new ulong[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = At(bits, (long)i * width, width);
            if (i % ValuesPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        return values;
    }

    /// <summary>The integer at a position.</summary>
    /// <param name="bits">The sequence.</param>
    /// <param name="start">Its first bit.</param>
    /// <param name="width">Its bits, 1 to 64.</param>
    public static ulong At(BitSequence bits, long start, int width)
    {
        var reversed = bits.WordAt(start);
        reversed = ((reversed >> 1) & 0x5555555555555555) | ((reversed & 0x5555555555555555) << 1);
        reversed = ((reversed >> 2) & 0x3333333333333333) | ((reversed & 0x3333333333333333) << 2);
        reversed = ((reversed >> 4) & 0x0F0F0F0F0F0F0F0F) | ((reversed & 0x0F0F0F0F0F0F0F0F) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(reversed) >> (64 - width);
    }
}
