using System.Security.Cryptography;
using OpenEntropy.Pqc.MlKem;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlKem;

/// <summary>What FIPS 203, 7.2 and 7.3 refuse, and what 7.3 answers to a ciphertext that was altered.</summary>
public class MlKemRefusalTests
{
    [Theory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void EveryFunction_EveryOtherLength_IsRefusedByName(string name)
    {
        var set = Pair.Set(name);
        var pair = Pair.Of(set, Pair.Bytes(64, name));
        var (ciphertext, _) = pair.Encapsulate(new byte[32]);

        Refuses(64, "seed", seed => MlKemFunctions.GenerateKeys(set, seed, new byte[pair.Public.Length], new byte[pair.Secret.Length]));
        Refuses(
            pair.Public.Length,
            "encapsulationKey",
            key => MlKemFunctions.GenerateKeys(set, new byte[64], key, new byte[pair.Secret.Length])
        );
        Refuses(
            pair.Secret.Length,
            "decapsulationKey",
            key => MlKemFunctions.GenerateKeys(set, new byte[64], new byte[pair.Public.Length], key)
        );

        void Encapsulate(byte[] key, byte[] message, byte[] c, byte[] k) => MlKemFunctions.Encapsulate(set, key, message, c, k);
        Refuses(pair.Public.Length, "encapsulationKey", key => Encapsulate(key, new byte[32], new byte[ciphertext.Length], new byte[32]));
        Refuses(32, "message", message => Encapsulate(pair.Public, message, new byte[ciphertext.Length], new byte[32]));
        Refuses(ciphertext.Length, "ciphertext", c => Encapsulate(pair.Public, new byte[32], c, new byte[32]));
        Refuses(32, "sharedSecret", k => Encapsulate(pair.Public, new byte[32], new byte[ciphertext.Length], k));

        Refuses(
            pair.Secret.Length,
            "decapsulationKey",
            key => MlKemFunctions.Decapsulate(set, key, ciphertext, new byte[32]),
            valid: pair.Secret
        );
        Refuses(ciphertext.Length, "ciphertext", c => MlKemFunctions.Decapsulate(set, pair.Secret, c, new byte[32]));
        Refuses(32, "sharedSecret", k => MlKemFunctions.Decapsulate(set, pair.Secret, ciphertext, k));
    }

    [Theory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void Encapsulate_AnyCoefficientOfQOrMore_IsRefused(string name)
    {
        var pair = Pair.Of(Pair.Set(name), Pair.Bytes(64, name));
        for (var coefficient = 0; coefficient < 256 * pair.Parameters.Rank; coefficient++)
        {
            foreach (var value in new[] { Field.Q, 4095 })
            {
                var key = WithCoefficient(pair.Public, coefficient, value);
                Assert.False(MlKemFunctions.IsEncapsulationKey(pair.Parameters, key));
                Assert.Throws<ArgumentException>("encapsulationKey", () => (pair with { Public = key }).Encapsulate(new byte[32]));
            }

            Assert.True(MlKemFunctions.IsEncapsulationKey(pair.Parameters, WithCoefficient(pair.Public, coefficient, Field.Q - 1)));
        }
    }

    [Theory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void Decapsulate_AnyByteOfTheKeyInTheKeyOrOfItsHashAltered_IsRefused(string name)
    {
        var pair = Pair.Of(Pair.Set(name), Pair.Bytes(64, name));
        var (ciphertext, _) = pair.Encapsulate(new byte[32]);
        var first = 384 * pair.Parameters.Rank;
        for (var at = first; at < first + pair.Public.Length + 32; at++)
        {
            var key = (byte[])pair.Secret.Clone();
            key[at] ^= (byte)(1 << (at % 8));
            Assert.False(MlKemFunctions.IsDecapsulationKey(pair.Parameters, key));
            Assert.Throws<ArgumentException>("decapsulationKey", () => (pair with { Secret = key }).Decapsulate(ciphertext));
        }
    }

    [Theory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void Decapsulate_ABitOfAnyByteFlipped_GivesTheSecretOfZAndTheCiphertext(string name)
    {
        var seed = Pair.Bytes(64, name, "rejection");
        var pair = Pair.Of(Pair.Set(name), seed);
        var (ciphertext, secret) = pair.Encapsulate(Pair.Bytes(32, name, "message"));
        Assert.Equal(secret, pair.Decapsulate(ciphertext));
        for (var at = 0; at < ciphertext.Length; at++)
        {
            var altered = (byte[])ciphertext.Clone();
            altered[at] ^= (byte)(1 << (at % 8));

            Assert.Equal(Shake256.HashData([.. seed[32..], .. altered], 32), pair.Decapsulate(altered)); // J(z‖c): FIPS 203, 4.1
        }
    }

    // A secret of another key, or a ciphertext of nobody: rejected like any other.
    [Theory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void Decapsulate_RandomBytes_GivesTheSecretOfZAndTheCiphertext(string name)
    {
        var seed = Pair.Bytes(64, name, "random");
        var pair = Pair.Of(Pair.Set(name), seed);
        for (var round = 0; round < 200; round++)
        {
            var ciphertext = Pair.Bytes(pair.Parameters.CiphertextBytes, name, round);
            Assert.Equal(Shake256.HashData([.. seed[32..], .. ciphertext], 32), pair.Decapsulate(ciphertext));
        }
    }

    private static void Refuses(int length, string argument, Action<byte[]> call, byte[]? valid = null)
    {
        for (var other = 0; other <= length + 64; other++)
        {
            if (other != length)
                Assert.Throws<ArgumentException>(argument, () => call(new byte[other]));
        }

        call(valid ?? new byte[length]); // it was the length that was refused
    }

    private static byte[] WithCoefficient(byte[] key, int coefficient, int value)
    {
        var altered = (byte[])key.Clone();
        var at = coefficient / 2 * 3;
        if (coefficient % 2 == 0)
            (altered[at], altered[at + 1]) = ((byte)value, (byte)((altered[at + 1] & 0xF0) | (value >> 8)));
        else
            (altered[at + 1], altered[at + 2]) = ((byte)((altered[at + 1] & 0x0F) | ((value & 0xF) << 4)), (byte)(value >> 4));
        return altered;
    }
}
