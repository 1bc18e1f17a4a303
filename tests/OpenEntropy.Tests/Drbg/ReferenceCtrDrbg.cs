using System.Numerics;
using System.Security.Cryptography;

namespace OpenEntropy.Tests.Drbg;

/// <summary>SP 800-90A Rev. 1, 10.2.1 again, by other means and with no care for speed or secrecy: what the product is held against.</summary>
internal sealed class ReferenceCtrDrbg
{
    public byte[] Key { get; private set; } = new byte[32];

    public byte[] V { get; private set; } = new byte[16];

    /// <summary>The key while the last output was made.</summary>
    public byte[] OutputKey { get; private set; } = [];

    /// <summary>V before the last output was made.</summary>
    public byte[] OutputV { get; private set; } = [];

    public ReferenceCtrDrbg(byte[] entropy, byte[] personalization) => Update(Xor(entropy, Pad(personalization)));

    public void Reseed(byte[] entropy, byte[] additional) => Update(Xor(entropy, Pad(additional)));

    public byte[] Generate(int length, byte[] additional)
    {
        if (additional.Length > 0)
            Update(Pad(additional));
        (OutputKey, OutputV) = (Key, V);
        var blocks = (length + 15) / 16;
        var output = CounterBlocks(Key, V, blocks);
        V = Add(V, blocks);
        Update(Pad(additional));
        return output[..length];
    }

    /// <summary>Block_Encrypt(key, V + 1), Block_Encrypt(key, V + 2), …, each counter by whole-number arithmetic.</summary>
    public static byte[] CounterBlocks(byte[] key, byte[] v, int blocks)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        byte[] counters = [.. Enumerable.Range(1, blocks).SelectMany(i => Add(v, i))];
        return aes.EncryptEcb(counters, PaddingMode.None);
    }

    private static byte[] Add(byte[] v, int count)
    {
        var sum = (new BigInteger(v, isUnsigned: true, isBigEndian: true) + count) % BigInteger.Pow(2, 128);
        var bytes = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[16 - bytes.Length], .. bytes];
    }

    private static byte[] Pad(byte[] input) => [.. input, .. new byte[48 - input.Length]];

    private static byte[] Xor(byte[] a, byte[] b) => [.. a.Zip(b, (x, y) => (byte)(x ^ y))];

    private void Update(byte[] provided)
    {
        var temp = Xor(CounterBlocks(Key, V, 3), provided);
        (Key, V) = (temp[..32], temp[32..]);
    }
}
