using System.Security.Cryptography;
using OpenEntropy.Pqc.Kyber;
using OpenEntropy.Pqc.Tests.MlKem;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Kyber;

public class Kyber512Tests
{
    // PQCkemKAT_1632.rsp of the third round's submission package, count = 0: seed and ss as they stand there, pk‖sk and ct as SHA-256.
    [Fact]
    public void EveryFunction_FirstPublishedAnswer_IsTheSame()
    {
        using var generator = new NistGenerator(
            Convert.FromHexString("061550234D158C5EC95595FE04EF7A25767F2E24CC2BC479D09D86DC9ABCFDE7056A8C266F9EF97ED08541DBD2E1FFA1")
        );
        var (publicKey, secretKey) = Generate([.. generator.Draw(32), .. generator.Draw(32)]);
        var (ciphertext, secret) = Encapsulate(publicKey, generator.Draw(32));

        Assert.Equal(
            "060889A2D178D2947D5C68C06DB7DF6736AB7CB2681CC98FA2CCC3A48E6393FF",
            Convert.ToHexString(SHA256.HashData([.. publicKey, .. secretKey]))
        );
        Assert.Equal("3CC825C6EB6411B9F2B61BAF24A3E55F11F88CBA21FD9E03D556547C6F35963E", Convert.ToHexString(SHA256.HashData(ciphertext)));
        Assert.Equal("0A6925676F24B22C286F4C81A4224CEC506C9B257D480E02E3B49F44CAA3237F", Convert.ToHexString(secret));
        Assert.Equal(secret, Decapsulate(secretKey, ciphertext));
    }

    [Fact]
    public void Decapsulate_ABitOfAnyByteFlipped_GivesTheSecretOfZAndTheCiphertextsHash()
    {
        var seed = Pair.Bytes(64, "kyber rejection");
        var (publicKey, secretKey) = Generate(seed);
        var (ciphertext, secret) = Encapsulate(publicKey, Pair.Bytes(32, "kyber message"));
        Assert.Equal(secret, Decapsulate(secretKey, ciphertext));
        for (var at = 0; at < ciphertext.Length; at++)
        {
            var altered = (byte[])ciphertext.Clone();
            altered[at] ^= (byte)(1 << (at % 8));

            Assert.Equal(Shake256.HashData([.. seed[32..], .. SHA3_256.HashData(altered)], 32), Decapsulate(secretKey, altered));
        }
    }

    // The same lengths, the same seed, and nothing in common but those.
    [Fact]
    public void GenerateKeys_SeedOfAnMlKem512Key_IsAnotherKeyWithTheSameLengths()
    {
        var seed = Pair.Bytes(64, "kyber and ML-KEM");
        var (publicKey, secretKey) = Generate(seed);
        var pair = Pair.Of(Pair.Set("ML-KEM-512"), seed);

        Assert.Equal((pair.Public.Length, pair.Secret.Length), (publicKey.Length, secretKey.Length));
        Assert.NotEqual(pair.Public, publicKey);
        var message = Pair.Bytes(32, "message");
        Assert.Equal(pair.Parameters.CiphertextBytes, Encapsulate(pair.Public, message).Ciphertext.Length);
        Assert.NotEqual(pair.Encapsulate(message).Secret, Encapsulate(pair.Public, message).Secret);
    }

    [Fact]
    public void EveryFunction_EveryOtherLength_IsRefusedByName()
    {
        var (publicKey, secretKey) = Generate(new byte[64]);
        var (ciphertext, _) = Encapsulate(publicKey, new byte[32]);

        Refuses(64, "seed", seed => Kyber512.GenerateKeys(seed, new byte[800], new byte[1632]));
        Refuses(800, "publicKey", key => Kyber512.GenerateKeys(new byte[64], key, new byte[1632]));
        Refuses(1632, "secretKey", key => Kyber512.GenerateKeys(new byte[64], new byte[800], key));
        Refuses(800, "publicKey", key => Kyber512.Encapsulate(key, new byte[32], new byte[768], new byte[32]));
        Refuses(32, "message", message => Kyber512.Encapsulate(publicKey, message, new byte[768], new byte[32]));
        Refuses(768, "ciphertext", given => Kyber512.Encapsulate(publicKey, new byte[32], given, new byte[32]));
        Refuses(32, "sharedSecret", given => Kyber512.Encapsulate(publicKey, new byte[32], new byte[768], given));
        Refuses(1632, "secretKey", key => Kyber512.Decapsulate(key, ciphertext, new byte[32]), secretKey);
        Refuses(768, "ciphertext", given => Kyber512.Decapsulate(secretKey, given, new byte[32]));
        Refuses(32, "sharedSecret", given => Kyber512.Decapsulate(secretKey, ciphertext, given));
    }

    [Fact]
    public void EncapsulateAndDecapsulate_DamagedKeys_AreRefused()
    {
        var (publicKey, secretKey) = Generate(new byte[64]);
        var (ciphertext, _) = Encapsulate(publicKey, new byte[32]);
        for (var at = 0; at < 768; at += 3)
        {
            var damaged = (byte[])publicKey.Clone();
            (damaged[at], damaged[at + 1]) = (0x01, (byte)((damaged[at + 1] & 0xF0) | 0x0D)); // 0xD01 is q
            Assert.False(Kyber512.IsPublicKey(damaged));
            Assert.Throws<ArgumentException>("publicKey", () => Encapsulate(damaged, new byte[32]));
        }

        for (var at = 768; at < 768 + 800 + 32; at++)
        {
            var damaged = (byte[])secretKey.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            Assert.False(Kyber512.IsSecretKey(damaged));
            Assert.Throws<ArgumentException>("secretKey", () => Decapsulate(damaged, ciphertext));
        }
    }

    [Fact]
    public void Encapsulate_ScriptedRandomness_IsTheEncapsulationOfThatMessage()
    {
        var (publicKey, _) = Generate(new byte[64]);
        var message = Pair.Bytes(32, "kyber scripted");
        var (ciphertext, secret) = (new byte[768], new byte[32]);
        Kyber512.Encapsulate(publicKey, target => message.CopyTo(target), ciphertext, secret);

        var explicitly = Encapsulate(publicKey, message);
        Assert.Equal(explicitly.Ciphertext, ciphertext);
        Assert.Equal(explicitly.Secret, secret);
    }

    [Fact]
    public void GenerateKeys_ScriptedRandomness_AreTheKeysOfThatSeed()
    {
        var seed = Pair.Bytes(64, "kyber scripted seed");
        var (publicKey, secretKey) = (new byte[800], new byte[1632]);
        Kyber512.GenerateKeys(target => seed.CopyTo(target), publicKey, secretKey);

        var explicitly = Generate(seed);
        Assert.Equal(explicitly.Public, publicKey);
        Assert.Equal(explicitly.Secret, secretKey);
    }

    // No randomness, no key: what refuses comes through, and nothing is made of zeros.
    [Fact]
    public void GenerateKeysAndEncapsulate_RandomnessRefuses_ThrowOn()
    {
        static void Refuse(Span<byte> target) => throw new InvalidOperationException("no seed");
        var (publicKey, secretKey, ciphertext) = (new byte[800], new byte[1632], new byte[768]);

        Assert.Throws<InvalidOperationException>(() => Kyber512.GenerateKeys(Refuse, publicKey, secretKey));
        Assert.Throws<InvalidOperationException>(() =>
            Kyber512.Encapsulate(Generate(new byte[64]).Public, Refuse, ciphertext, new byte[32])
        );
        Assert.All([.. publicKey, .. secretKey, .. ciphertext], value => Assert.Equal(0, value));
    }

    internal static (byte[] Public, byte[] Secret) Generate(byte[] seed)
    {
        var (publicKey, secretKey) = (new byte[Kyber512.PublicKeyBytes], new byte[Kyber512.SecretKeyBytes]);
        Kyber512.GenerateKeys(seed, publicKey, secretKey);
        return (publicKey, secretKey);
    }

    internal static (byte[] Ciphertext, byte[] Secret) Encapsulate(byte[] publicKey, byte[] message)
    {
        var (ciphertext, secret) = (new byte[Kyber512.CiphertextBytes], new byte[Kyber512.SharedSecretBytes]);
        Kyber512.Encapsulate(publicKey, message, ciphertext, secret);
        return (ciphertext, secret);
    }

    internal static byte[] Decapsulate(byte[] secretKey, byte[] ciphertext)
    {
        var secret = new byte[Kyber512.SharedSecretBytes];
        Kyber512.Decapsulate(secretKey, ciphertext, secret);
        return secret;
    }

    private static void Refuses(int length, string argument, Action<byte[]> call, byte[]? valid = null)
    {
        for (var other = 0; other <= length + 64; other++)
        {
            if (other != length)
                Assert.Throws<ArgumentException>(argument, () => call(new byte[other]));
        }

        call(valid ?? new byte[length]);
    }
}
