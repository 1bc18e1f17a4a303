using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>Samples made by rule, one a byte, the same on every machine.</summary>
internal static class MadeSamples
{
    /// <summary>The length that SP 800-90B asks for.</summary>
    public const int Usual = 1_000_000;

    private const int BlockBytes = 16;

    /// <summary>Uniform and independent, as far as anybody can tell: AES-256 of a counter, with a key of zeros.</summary>
    /// <param name="length">How many.</param>
    public static byte[] Random(int length)
    {
        var blocks = new byte[(length + BlockBytes - 1) / BlockBytes * BlockBytes];
        for (var start = 0; start < blocks.Length; start += BlockBytes)
        {
            BinaryPrimitives.WriteInt32BigEndian(blocks.AsSpan(start + BlockBytes - sizeof(int)), start / BlockBytes);
        }

        using var aes = Aes.Create();
        aes.Key = new byte[32];
        return aes.EncryptEcb(blocks, PaddingMode.None)[..length];
    }

    /// <summary>Zeros with one sample in 10,000, at no regular place, of any value.</summary>
    /// <param name="length">How many.</param>
    public static byte[] RareMarks(int length)
    {
        const uint OneIn = 10_000;
        var (samples, random) = (new byte[length], Random(5 * length));
        for (var i = 0; i < length; i++)
        {
            var chance = BinaryPrimitives.ReadUInt32LittleEndian(random.AsSpan(5 * i));
            samples[i] = chance < uint.MaxValue / OneIn ? random[(5 * i) + 4] : (byte)0;
        }

        return samples;
    }

    /// <summary>Zeros with 1, 2, 3, … at every 20,000th place.</summary>
    /// <param name="length">How many.</param>
    public static byte[] RegularMarks(int length)
    {
        const int Distance = 20_000;
        var samples = new byte[length];
        for (var i = Distance - 1; i < length; i += Distance)
        {
            samples[i] = (byte)(1 + (i / Distance % byte.MaxValue));
        }

        return samples;
    }

    /// <summary>Zeros with a single 1, at seven tenths of the way.</summary>
    /// <param name="length">How many.</param>
    public static byte[] SingleMark(int length)
    {
        var samples = new byte[length];
        samples[length / 10 * 7] = 1;
        return samples;
    }

    /// <summary>0, 1, … 255 over and over.</summary>
    /// <param name="length">How many.</param>
    public static byte[] Period256(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];
}
