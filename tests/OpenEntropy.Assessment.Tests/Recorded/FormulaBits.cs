namespace OpenEntropy.Assessment.Tests.Recorded;

/// <summary>Bit sequences made by formula, for which <c>Sp80022.txt</c> holds what the code of NIST's STS gave. One bit a byte.</summary>
internal static class FormulaBits
{
    private static readonly Dictionary<string, Func<byte[]>> Formulas = new(StringComparer.Ordinal)
    {
        ["random-100"] = () => TopBits(100, seed: 1),
        ["random-128"] = () => TopBits(128, seed: 3),
        ["random-1031"] = () => TopBits(1031, seed: 6),
        ["random-6272"] = () => TopBits(6272, seed: 8),
        ["random-10007-prime"] = () => TopBits(10007, seed: 9),
        ["random-38912"] = () => TopBits(38912, seed: 10),
        ["random-387840"] = () => TopBits(387840, seed: 13),
        ["random-1000000"] = () => TopBits(1000000, seed: 15),
        ["biased60-100000"] = () => Bits(100000, seed: 18, threshold: 39322),
        ["alternating-100000"] = () => Fill(100000, i => i & 1),
        ["period7-100000"] = () => Fill(100000, i => i % 7 is 0 or 1 or 3 ? 1 : 0),
        ["all-zero-10000"] = () => new byte[10000],
    };

    /// <summary>The names of all sequences.</summary>
    public static IEnumerable<string> Names => Formulas.Keys;

    /// <summary>The bits of one of them, each 0 or 1.</summary>
    public static byte[] Sequence(string name) => Formulas[name]();

    private static byte[] Fill(int length, Func<int, int> bit)
    {
        var bits = new byte[length];
        for (var i = 0; i < length; i++)
            bits[i] = (byte)bit(i);
        return bits;
    }

    /// <summary>The most significant bit of every draw.</summary>
    private static byte[] TopBits(int length, ulong seed)
    {
        var generator = new FormulaGenerator(seed);
        return Fill(length, _ => (int)(generator.Next() >> 31));
    }

    private static byte[] Bits(int length, ulong seed, int threshold)
    {
        var generator = new FormulaGenerator(seed);
        return Fill(length, _ => generator.Chance(threshold) ? 1 : 0);
    }
}
