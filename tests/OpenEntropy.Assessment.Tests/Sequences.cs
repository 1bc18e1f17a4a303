namespace OpenEntropy.Assessment.Tests;

/// <summary>Seeded bits of the kinds that estimators meet: random, biased, sticky, periodic, nearly constant.</summary>
internal static class Sequences
{
    public static IEnumerable<byte[]> Bits(ulong seed, int count, int mostBits)
    {
        var random = new SplitMix(seed);
        for (var i = 0; i < count; i++)
            yield return Bits(random, random.Below(5), 2 + random.Below(mostBits - 1));
    }

    public static byte[] Bits(SplitMix random, int kind, int length)
    {
        var (bits, period, bias) = (new byte[length], 1 + random.Below(20), random.Unit());
        for (var i = 0; i < length; i++)
        {
            bits[i] = kind switch
            {
                0 => (byte)(random.Next() & 1),
                1 => random.Unit() < bias ? (byte)1 : (byte)0,
                2 => i > 0 && random.Unit() < bias ? bits[i - 1] : (byte)(random.Next() & 1),
                3 => i >= period ? bits[i - period] : (byte)(random.Next() & 1),
                _ => i == length / 2 ? (byte)1 : (byte)0,
            };
        }

        return bits;
    }
}
