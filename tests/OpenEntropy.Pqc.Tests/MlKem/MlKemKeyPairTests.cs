using OpenEntropy.Pqc.MlKem;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlKem;

public class MlKemKeyPairTests
{
    [Theory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void Generate_ScriptedRandomness_IsTheKeyPairOfThoseBytes(string name)
    {
        var set = Pair.Set(name);
        var (seed, expected) = (Pair.Bytes(64, name), Pair.Of(set, Pair.Bytes(64, name)));
        using var pair = MlKemKeyPair.Generate(set, target => seed.CopyTo(target));
        var (keptSeed, expanded) = (new byte[64], new byte[set.DecapsulationKeyBytes]);
        pair.ExportSeed(keptSeed);
        pair.ExportDecapsulationKey(expanded);

        Assert.Equal(PlatformMlKemKey.IsSupported, pair.IsPlatform);
        Assert.Equal(seed, keptSeed);
        Assert.Equal(expected.Public, pair.EncapsulationKey.ToArray());
        Assert.Equal(expected.Secret, expanded);
    }

    [Theory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void Decapsulate_EncapsulationWithScriptedRandomness_GivesTheSameSecret(string name)
    {
        var set = Pair.Set(name);
        using var pair = MlKemKeyPair.FromSeed(set, Pair.Bytes(64, name));
        var message = Pair.Bytes(32, name, "message");
        var (ciphertext, sent, received) = (new byte[set.CiphertextBytes], new byte[32], new byte[32]);
        MlKemFunctions.Encapsulate(set, pair.EncapsulationKey, target => message.CopyTo(target), ciphertext, sent);
        pair.Decapsulate(ciphertext, received);

        Assert.Equal(sent, received);
        var explicitly = Pair.Of(set, Pair.Bytes(64, name)).Encapsulate(message);
        Assert.Equal(explicitly.Ciphertext, ciphertext);
        Assert.Equal(explicitly.Secret, sent);
    }

    // No randomness, no key: what refuses comes through, and nothing is made of zeros.
    [Fact]
    public void GenerateAndEncapsulate_RandomnessRefuses_ThrowOn()
    {
        static void Refuse(Span<byte> target) => throw new InvalidOperationException("no seed");
        var set = MlKemParameters.MlKem768;
        var pair = Pair.Of(set, new byte[64]);
        var ciphertext = new byte[set.CiphertextBytes];

        Assert.Throws<InvalidOperationException>(() => MlKemKeyPair.Generate(set, Refuse));
        Assert.Throws<InvalidOperationException>(() => MlKemFunctions.Encapsulate(set, pair.Public, Refuse, ciphertext, new byte[32]));
        Assert.Equal(new byte[set.CiphertextBytes], ciphertext);
    }

    [Fact]
    public void EveryMember_OtherLengths_AreRefusedByName()
    {
        var set = MlKemParameters.MlKem768;
        using var pair = MlKemKeyPair.FromSeed(set, new byte[64]);
        foreach (var off in new[] { -1, 1 })
        {
            Assert.Throws<ArgumentException>("seed", () => MlKemKeyPair.FromSeed(set, new byte[64 + off]));
            Assert.Throws<ArgumentException>("target", () => pair.ExportSeed(new byte[64 + off]));
            Assert.Throws<ArgumentException>("target", () => pair.ExportDecapsulationKey(new byte[set.DecapsulationKeyBytes + off]));
            Assert.Throws<ArgumentException>("ciphertext", () => pair.Decapsulate(new byte[set.CiphertextBytes + off], new byte[32]));
            Assert.Throws<ArgumentException>("sharedSecret", () => pair.Decapsulate(new byte[set.CiphertextBytes], new byte[32 + off]));
        }
    }

    [Fact]
    public void Dispose_ThenUse_IsRefused()
    {
        var set = MlKemParameters.MlKem512;
        var pair = MlKemKeyPair.FromSeed(set, new byte[64]);
        pair.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pair.ExportSeed(new byte[64]));
        Assert.Throws<ObjectDisposedException>(() => pair.ExportDecapsulationKey(new byte[set.DecapsulationKeyBytes]));
        Assert.Throws<ObjectDisposedException>(() => pair.Decapsulate(new byte[set.CiphertextBytes], new byte[32]));
    }

    [Fact]
    public void Dispose_ManagedKey_LeavesZeros()
    {
        var set = MlKemParameters.MlKem512;
        var key = new ManagedMlKemKey(set, Pair.Bytes(64, "disposed"));
        var exported = new byte[set.DecapsulationKeyBytes];
        key.Dispose();
        key.ExportDecapsulationKey(exported);

        Assert.Equal(new byte[set.DecapsulationKeyBytes], exported);
    }

    [PlatformMlKemTheory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void FromSeed_PlatformAndManaged_AreTheSameKeys(string name)
    {
        var set = Pair.Set(name);
        for (var round = 0; round < 100; round++)
        {
            var seed = Pair.Bytes(64, name, "platform", round);
            using var platform = MlKemKeyPair.FromSeed(set, seed, platform: true);
            using var managed = MlKemKeyPair.FromSeed(set, seed, platform: false);
            var (one, other) = (new byte[set.DecapsulationKeyBytes], new byte[set.DecapsulationKeyBytes]);
            platform.ExportDecapsulationKey(one);
            managed.ExportDecapsulationKey(other);
            Assert.Equal(managed.EncapsulationKey.ToArray(), platform.EncapsulationKey.ToArray());
            Assert.Equal(other, one);

            var (ciphertext, secret) = Pair.Of(set, seed).Encapsulate(Pair.Bytes(32, name, "platform message", round));
            if (round % 5 == 4)
                ciphertext[round] ^= 1;
            platform.Decapsulate(ciphertext, one.AsSpan(0, 32));
            managed.Decapsulate(ciphertext, other.AsSpan(0, 32));
            Assert.Equal(other, one);
            Assert.Equal(round % 5 != 4, secret.AsSpan().SequenceEqual(one.AsSpan(0, 32)));
        }
    }

    [Theory]
    [InlineData("ML-KEM-512")]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-KEM-1024")]
    public void EveryFunction_OnceWarm_AllocatesNothing(string name)
    {
        var set = Pair.Set(name);
        var (pair, seed, message) = (Pair.Of(set, new byte[64]), new byte[64], new byte[32]);
        var (ciphertext, secret) = pair.Encapsulate(message);
        pair.Decapsulate(ciphertext);
        var before = GC.GetAllocatedBytesForCurrentThread();
        MlKemFunctions.GenerateKeys(set, seed, pair.Public, pair.Secret);
        MlKemFunctions.Encapsulate(set, pair.Public, message, ciphertext, secret);
        MlKemFunctions.Decapsulate(set, pair.Secret, ciphertext, secret);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("ML-KEM-512", 800, 1632, 768)]
    [InlineData("ML-KEM-768", 1184, 2400, 1088)]
    [InlineData("ML-KEM-1024", 1568, 3168, 1568)]
    public void Lengths_OfEachSet_AreThoseOfTable3(string name, int encapsulationKey, int decapsulationKey, int ciphertext)
    {
        var set = Pair.Set(name);

        Assert.Equal(
            (encapsulationKey, decapsulationKey, ciphertext),
            (set.EncapsulationKeyBytes, set.DecapsulationKeyBytes, set.CiphertextBytes)
        );
        Assert.True(set.Rank <= MlKemParameters.MaximumRank && ciphertext <= MlKemParameters.MaximumCiphertextBytes);
    }
}
