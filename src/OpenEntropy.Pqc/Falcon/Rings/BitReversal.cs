namespace OpenEntropy.Pqc.Falcon.Rings;

/// <summary>The order in which the transforms keep their values.</summary>
internal static class BitReversal
{
    /// <summary>The lowest <paramref name="bits"/> bits of an index, reversed.</summary>
    public static int Of(int index, int bits)
    {
        var reversed = 0;
        for (var bit = 0; bit < bits; bit++)
            reversed |= ((index >> bit) & 1) << (bits - 1 - bit);
        return reversed;
    }
}
