namespace OpenEntropy.Assessment.Tests.Recorded;

/// <summary>
/// Data sets made by formula, for which <c>NonIid.txt</c> holds what NIST's tool printed. A name says the alphabet, the kind and the length.
/// </summary>
internal static class FormulaData
{
    private static readonly Dictionary<string, Func<byte[]>> Formulas = new(StringComparer.Ordinal)
    {
        ["bits-uniform-1000"] = () => Bits(1000, seed: 6, threshold: 32768),
        ["bits-uniform-10000"] = () => Bits(10000, seed: 11, threshold: 32768),
        ["bits-biased90-10000"] = () => Bits(10000, seed: 14, threshold: 58982),
        ["bits-single-one-10000"] = () => Fill(10000, i => i == 7777 ? 1 : 0),
        ["bits-thue-20000"] = () => Fill(20000, i => int.PopCount(i) & 1),
        ["bits-markov75-20000"] = () => Markov(20000, alphabet: 2, seed: 17, stay: 49152),
        ["bits-sticky-lag128-20000"] = () => Sticky(20000, alphabet: 2, seed: 23, threshold: 58982, lag: 128),
        ["zero-255-10000"] = () => Uniform(10000, alphabet: 2, seed: 25, step: 255),
        ["ternary-gaps-10000"] = () => Uniform(10000, alphabet: 3, seed: 29, step: 100, offset: 10),
        ["quinary-markov-20000"] = () => Markov(20000, alphabet: 5, seed: 30, stay: 40000),
        ["nibbles-markov-20000"] = () => Markov(20000, alphabet: 16, seed: 34, stay: 52429),
        ["debruijn-64-4096"] = () => DeBruijnPairs(64),
        ["bytes-uniform-100"] = () => Uniform(100, alphabet: 256, seed: 4),
        ["bytes-uniform-20000"] = () => Uniform(20000, alphabet: 256, seed: 41),
        ["bytes-geometric-20000"] = () => Geometric(20000, seed: 44, cap: 20),
        ["bytes-counter-20000"] = () => Fill(20000, i => i & 255),
        ["bytes-periodic37-10000"] = () => Periodic(10000, period: 37, alphabet: 200, seed: 51, noise: 13107),
        ["bytes-nearconst-20000"] = () => NearlyConstant(20000, seed: 52, threshold: 66),
        ["bytes-half-switch-20000"] = () => Switch(20000, seed: 54),
        ["bytes-lowbyte-20000"] = () => LowByte(20000, seed: 56),
    };

    /// <summary>The names of all data sets.</summary>
    public static IEnumerable<string> Names => Formulas.Keys;

    /// <summary>The samples of one of them, a symbol a byte.</summary>
    public static byte[] Samples(string name) => Formulas[name]();

    internal static byte[] Fill(int length, Func<int, int> sample)
    {
        var samples = new byte[length];
        for (var i = 0; i < length; i++)
            samples[i] = (byte)sample(i);
        return samples;
    }

    internal static byte[] Bits(int length, ulong seed, int threshold)
    {
        var generator = new FormulaGenerator(seed);
        return Fill(length, _ => generator.Chance(threshold) ? 1 : 0);
    }

    private static byte[] Uniform(int length, int alphabet, ulong seed, int step = 1, int offset = 0)
    {
        var generator = new FormulaGenerator(seed);
        return Fill(length, _ => offset + (step * generator.Below(alphabet)));
    }

    /// <summary>Keeps the symbol with probability <paramref name="stay"/> / 65536, else goes to any other, all alike.</summary>
    internal static byte[] Markov(int length, int alphabet, ulong seed, int stay)
    {
        var generator = new FormulaGenerator(seed);
        var state = 0;
        return Fill(length, _ => state = generator.Chance(stay) ? state : (state + 1 + generator.Below(alphabet - 1)) % alphabet);
    }

    /// <summary>Repeats the sample <paramref name="lag"/> places before with the given probability. Both draws are always made.</summary>
    private static byte[] Sticky(int length, int alphabet, ulong seed, int threshold, int lag)
    {
        var generator = new FormulaGenerator(seed);
        var samples = new byte[length];
        for (var i = 0; i < length; i++)
        {
            var repeats = generator.Chance(threshold);
            var fresh = generator.Below(alphabet);
            samples[i] = repeats && i >= lag ? samples[i - lag] : fresh;
        }

        return samples;
    }

    /// <summary>Every pair of symbols exactly once, so that no string of two repeats, while every symbol does often.</summary>
    private static byte[] DeBruijnPairs(int alphabet)
    {
        var samples = new List<byte>(alphabet * alphabet);
        for (var i = 0; i < alphabet; i++)
        {
            samples.Add((byte)i);
            for (var j = i + 1; j < alphabet; j++)
                samples.AddRange([(byte)i, (byte)j]);
        }

        return [.. samples];
    }

    /// <summary>The number of zeros that a draw ends with.</summary>
    private static byte[] Geometric(int length, ulong seed, int cap)
    {
        var generator = new FormulaGenerator(seed);
        return Fill(length, _ => Math.Min(cap, int.TrailingZeroCount((int)generator.Next())));
    }

    private static byte[] Periodic(int length, int period, int alphabet, ulong seed, int noise)
    {
        var generator = new FormulaGenerator(seed);
        return Fill(length, i => generator.Chance(noise) ? generator.Below(alphabet) : i % period * alphabet / period);
    }

    private static byte[] NearlyConstant(int length, ulong seed, int threshold)
    {
        var generator = new FormulaGenerator(seed);
        return Fill(length, _ => generator.Chance(threshold) ? generator.Below(256) : 0);
    }

    /// <summary>Four symbols in the first half, sixteen others in the second.</summary>
    private static byte[] Switch(int length, ulong seed)
    {
        var generator = new FormulaGenerator(seed);
        return Fill(length, i => i < length / 2 ? generator.Below(4) : 200 + generator.Below(16));
    }

    /// <summary>As the low byte of a timing: five steps of three ticks, and now and then a long delay.</summary>
    internal static byte[] LowByte(int length, ulong seed)
    {
        var generator = new FormulaGenerator(seed);
        return Fill(
            length,
            _ =>
            {
                var ticks = 40 + (3 * generator.Below(5));
                return generator.Chance(655) ? ticks + 37 + generator.Below(200) : ticks;
            }
        );
    }
}
