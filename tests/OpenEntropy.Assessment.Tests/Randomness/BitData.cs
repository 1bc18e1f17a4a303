using System.IO.Compression;
using System.Text;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Tests;

namespace OpenEntropy.Assessment.Tests.Randomness;

/// <summary>Sequences of bits for the tests: NIST's, and seeded ones of every kind.</summary>
internal static class BitData
{
    /// <summary>The first 100 binary digits of π, as the examples of SP 800-22 have them.</summary>
    public const string Pi100 = "1100100100001111110110101010001000100001011010001100001000110100110001001100011001100010100010111000";

    public static BitSequence Parse(string digits) =>
        BitSequence.FromBits(digits.Where(digit => digit is '0' or '1').Select(digit => (byte)(digit - '0')).ToArray());

    /// <summary>The first of NIST's binary digits of <c>pi</c> or <c>e</c>.</summary>
    public static BitSequence Digits(string constant, int length)
    {
        using var file = Vectors.Open($"sp80022/data.{constant}.gz");
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.ASCII);
        return Parse(reader.ReadToEnd()).Slice(0, length);
    }

    /// <summary>Bits that are one with a probability of <paramref name="ones"/>/256, from a counter through a 64-bit mixing function.</summary>
    public static byte[] Biased(int length, ulong seed, int ones = 128)
    {
        var bits = new byte[length];
        for (var i = 0; i < length; i++)
            bits[i] = Mixed((seed << 32) + (ulong)i) % 256 < (ulong)ones ? (byte)1 : (byte)0;
        return bits;
    }

    /// <summary>Fair, biased, periodic, nearly constant and constant bits.</summary>
    public static IEnumerable<byte[]> Kinds(int length)
    {
        yield return Biased(length, 1);
        yield return Biased(length, 2, 200);
        yield return Biased(length, 3, 20);
        yield return Enumerable.Range(0, length).Select(i => (byte)(i % 7 % 3 % 2)).ToArray();
        yield return Enumerable.Range(0, length).Select(i => i == length / 2 ? (byte)1 : (byte)0).ToArray();
        yield return Enumerable.Range(0, length).Select(i => i == length / 3 ? (byte)0 : (byte)1).ToArray();
        yield return new byte[length];
    }

    /// <summary>The finalizer of SplitMix64.</summary>
    private static ulong Mixed(ulong x)
    {
        x = (x + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
