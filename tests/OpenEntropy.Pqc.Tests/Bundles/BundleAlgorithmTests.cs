using System.Text;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Bundles;

public sealed class BundleAlgorithmTests
{
    public static TheoryData<string> Names => [.. BundleAlgorithm.All.Select(algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Make_SameRandomness_GivesTheSameKeyAndTakesNoOther(string name)
    {
        var algorithm = BundleAlgorithm.Find(name)!;
        var taken = 0;
        using var first = algorithm.Make(Counting(flipped: -1));
        Assert.Equal(algorithm.SeedBytes, taken);
        using var again = algorithm.Make(Counting(flipped: -1));

        Assert.True(first.PublicKey.SequenceEqual(again.PublicKey) && first.SecretKey.SequenceEqual(again.SecretKey));
        Assert.Equal(algorithm.PublicKeyBytes, first.PublicKey.Length);

        // One bit of the randomness, wherever, changes the key: it is a function of all of it, and of nothing else.
        foreach (var flipped in new[] { 0, algorithm.SeedBytes / 2, algorithm.SeedBytes - 1 })
        {
            using var other = algorithm.Make(Counting(flipped));
            Assert.False(first.SecretKey.SequenceEqual(other.SecretKey));
        }

        RandomBytes Counting(int flipped)
        {
            var random = BundleMaker.Random(7);
            var at = 0;
            return target =>
            {
                random(target);
                if (flipped >= at && flipped < at + target.Length)
                    target[flipped - at] ^= 1;
                at += target.Length;
                taken += target.Length;
            };
        }
    }

    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    [InlineData("Kyber512-round3")]
    public void WritePrivateKeyInfo_AlgorithmWithoutAnIdentifier_IsReadAgainByOurs(string name)
    {
        var algorithm = BundleAlgorithm.Find(name)!;
        using var key = algorithm.Make(BundleMaker.Random(8));
        var encoded = key.WritePrivateKeyInfo();

        Assert.True(key.SecretKey.SequenceEqual(UnregisteredPrivateKeyInfo.Read(algorithm.PrivateOid!, encoded)));
        Assert.Throws<KeyFormatException>(() => UnregisteredPrivateKeyInfo.Read("2.25.1", encoded));
        Assert.Throws<KeyFormatException>(() => UnregisteredPrivateKeyInfo.Read(algorithm.PrivateOid!, encoded.AsMemory(1)));
        Assert.Throws<KeyFormatException>(() => UnregisteredPrivateKeyInfo.Read(algorithm.PrivateOid!, Encoding.ASCII.GetBytes("no DER")));
    }
}
