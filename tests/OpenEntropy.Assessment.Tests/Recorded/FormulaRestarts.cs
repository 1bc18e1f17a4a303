using OpenEntropy.Assessment.Restart;

namespace OpenEntropy.Assessment.Tests.Recorded;

/// <summary>The samples of 1,000 restarts made by formula, a row after the other.</summary>
internal static class FormulaRestarts
{
    private const int Samples = RestartData.Size * RestartData.Size;

    /// <summary>1,000,000 samples by their name.</summary>
    public static byte[] Rows(string name) =>
        name switch
        {
            "bytes-lowbyte" => FormulaData.LowByte(Samples, seed: 71),
            "bits-biased60" => FormulaData.Bits(Samples, seed: 72, threshold: 39322),
            "nibbles-markov" => FormulaData.Markov(Samples, alphabet: 16, seed: 73, stay: 32768),
            "bytes-same-rows" => SameRows(seed: 75),
            _ => throw new ArgumentException("Unknown name.", nameof(name)),
        };

    /// <summary>Every restart gives what the first gave.</summary>
    private static byte[] SameRows(ulong seed)
    {
        var generator = new FormulaGenerator(seed);
        var row = FormulaData.Fill(RestartData.Size, _ => generator.Below(256));
        return FormulaData.Fill(Samples, i => row[i % RestartData.Size]);
    }
}
