namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>Sequences to compare fast predictors with plain ones on, from a seed.</summary>
internal static class PredictorInputs
{
    /// <summary>The shapes that <see cref="Create"/> knows.</summary>
    public static readonly string[] Shapes =
    [
        "uniform",
        "biased",
        "near-constant",
        "two of many",
        "periodic",
        "tied",
        "runs",
        "walk",
        "shifting",
        "late symbols",
    ];

    /// <summary>Makes a sequence of symbols 0 … k−1, not necessarily all of them.</summary>
    public static byte[] Create(string shape, int alphabetSize, int length, ulong seed)
    {
        var random = new SplitMix(seed);
        int Next(int below) => random.Below(below);
        byte Symbol() => (byte)Next(alphabetSize);

        var period = Enumerable.Range(0, 2 + Next(300)).Select(_ => Symbol()).ToArray();
        var symbols = new byte[length];
        for (var i = 0; i < length; i++)
        {
            symbols[i] = shape switch
            {
                "biased" => (byte)(Next(4) == 0 ? Symbol() : Math.Min(Next(3), alphabetSize - 1)),
                "near-constant" => Next(200) == 0 ? Symbol() : (byte)(alphabetSize / 2),
                "two of many" => Next(500) == 0 ? Symbol() : (byte)(Next(2) * (alphabetSize - 1)),
                "periodic" => Next(400) == 0 ? Symbol() : period[i % period.Length],
                // Each symbol is followed by several equally often, which only a longer prefix tells apart.
                "tied" => (byte)((i / 3 % 2 == 0 ? i : i * i / 5) % Math.Min(alphabetSize, 4)),
                "runs" => i > 0 && Next(30) != 0 ? symbols[i - 1] : Symbol(),
                "walk" => (byte)((i == 0 ? alphabetSize / 2 : symbols[i - 1] + alphabetSize + Next(3) - 1) % alphabetSize),
                "shifting" => (byte)((Next(1 + (i / 700 % 7)) + (i / 1500)) % alphabetSize),
                "late symbols" => (byte)Next(Math.Min(alphabetSize, 2 + (i / 40))),
                _ => Symbol(),
            };
        }

        return symbols;
    }
}
