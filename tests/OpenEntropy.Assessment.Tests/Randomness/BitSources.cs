using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Tests.Randomness;

/// <summary>Sequences of all kinds to try the tests of randomness on, the same in every run.</summary>
internal static class BitSources
{
    public static readonly string[] Kinds = ["fair", "biased", "sticky", "period", "zeros", "ones", "alternating", "one change"];

    public static byte[] Bits(string kind, int length, ulong seed)
    {
        var bits = new byte[length];
        var state = seed;
        var period = 1 + (int)(Next(ref state) % 40);
        for (var i = 0; i < length; i++)
        {
            var random = Next(ref state);
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

    /// <summary>SplitMix64.</summary>
    public static ulong Next(ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
