using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Tests.Randomness;

/// <summary>Sequences of all kinds to try the tests of randomness on, the same in every run.</summary>
internal static class BitSources
{
    public static readonly string[] Kinds = ["fair", "biased", "sticky", "period", "zeros", "ones", "alternating", "one change"];

    public static byte[] Bits(string kind, int length, ulong seed)
    {
        var bits = new byte[length];
        var generator = new SplitMix(seed);
        var period = 1 + generator.Below(40);
        for (var i = 0; i < length; i++)
        {
            var random = generator.Next();
            bits[i] = kind switch
            {
                "fair" => (byte)(random >> 63),
                "biased" => (byte)(random % 10 < 4 ? 1 : 0),
                "sticky" => i > 0 && random % 4 > 0 ? bits[i - 1] : (byte)(random >> 63),
                "period" => i < period ? (byte)(random >> 63) : bits[i - period],
                "zeros" => 0,
                "ones" => 1,
                "alternating" => (byte)(i % 2),
                "one change" => (byte)(i < length / 2 ? 0 : 1),
                _ => throw new ArgumentException("Unknown kind.", nameof(kind)),
            };
        }

        return bits;
    }

    /// <summary>Bits written as the publication writes them.</summary>
    public static BitSequence Parse(string zerosAndOnes) => BitSequence.FromBits([.. zerosAndOnes.Select(digit => (byte)(digit - '0'))]);
}
