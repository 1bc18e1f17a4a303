using System.Numerics;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Falcon.Ntru;
using OpenEntropy.Pqc.Falcon.Sampling;
using OpenEntropy.Pqc.Tests.Falcon.Ntru;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon;

public class FalconKeyGeneratorTests
{
    [Theory]
    [InlineData("Falcon-512", 120)]
    [InlineData("Falcon-1024", 30)]
    public void Generate_ManySeeds_GivesBasesOfDeterminantQ(string name, int keys)
    {
        var expected = Enumerable.Range(0, FalconCases.Set(name).Degree).Select(i => i == 0 ? 12289 : BigInteger.Zero).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < keys; i++)
        {
            using var key = FalconCases.Key(name, $"many {i}");
            Assert.Equal(expected, Integers.Determinant(key.SmallF, key.SmallG, key.BigF, key.BigG));
            Assert.True(seen.Add(Convert.ToHexString(key.PublicKey.Encoded)));
            Assert.True(
                Enumerable.Max([.. key.SmallF, .. key.SmallG], value => Math.Abs((int)value)) < 1 << (FalconCases.Set(name).SmallBits - 1)
            );
        }
    }

    // h f = g modulo q and x^n + 1, by multiplication as at school.
    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void Generate_PublicKey_IsTheQuotient(string name)
    {
        using var key = FalconCases.Key(name);
        var h = SchoolVerifier.PublicKey(key.PublicKey.Encoded);
        var product = SchoolVerifier.Product(h, [.. key.SmallF]);

        Assert.Equal(key.SmallG.ToArray().Select(value => (value + 12289) % 12289), product);
    }

    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void Generate_TheSameSeed_GivesTheSameKey(string name)
    {
        using var key = FalconCases.Key(name, "same");
        using var again = FalconCases.Key(name, "same");

        Assert.Equal(key.Encode(), again.Encode());
    }

    // A key of a seed must not change from one version or machine to the next.
    [Theory]
    [InlineData("Falcon-512", "DC90392F242DF67878D52BF2B46B9A1B")]
    [InlineData("Falcon-1024", "230E204CF1FFAA1376591007B2169619")]
    public void Generate_KnownSeed_GivesTheKnownKey(string name, string digest)
    {
        using var key = FalconKeyGenerator.Generate(FalconCases.Set(name), [.. Enumerable.Range(0, 48).Select(value => (byte)value)]);

        Assert.Equal(digest, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(key.Encode()))[..32]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(47)]
    [InlineData(49)]
    public void Generate_SeedOfAnotherLength_IsRefused(int length)
    {
        var refusal = Assert.Throws<ArgumentException>(() => FalconKeyGenerator.Generate(FalconParameters.Falcon512, new byte[length]));

        Assert.Equal("seed", refusal.ParamName);
        Assert.Contains($"{length} given", refusal.Message, StringComparison.Ordinal);
    }

    // The bound of Algorithm 5, with the orthogonalized vector computed from the definition: no transform is used.
    [Fact]
    public void IsAcceptable_CoefficientsTooLargeOrTheirInverseTooLarge_Refuses()
    {
        using var key = FalconCases.Key("Falcon-512");
        Assert.True(BasisQuality.IsAcceptable(key.SmallF, key.SmallG));
        var (f, g) = (key.SmallF.ToArray(), key.SmallG.ToArray());
        f[0] = (sbyte)(f[0] > 0 ? f[0] - 64 : f[0] + 64);
        Assert.False(BasisQuality.IsAcceptable(f, g));

        // q / ‖(f, g)‖ is a lower bound of the other norm: too short is refused as well.
        var tiny = new sbyte[512];
        tiny[0] = 90;
        Assert.True(90 * 90 < FalconParameters.BasisNormBound && 12289.0 / 90 * (12289.0 / 90) > FalconParameters.BasisNormBound);
        Assert.False(BasisQuality.IsAcceptable(tiny, new sbyte[512]));
        tiny[0] = 110;
        Assert.True(BasisQuality.IsAcceptable(tiny, new sbyte[512]));
    }

    [Fact]
    public void TrySolve_BothNormsEven_HasNoSolution()
    {
        var f = new sbyte[512];
        (f[0], f[1]) = (3, 5);
        Assert.False(NtruSolver.TrySolve(f, f, new sbyte[512], new sbyte[512]));
    }

    // Only one of the two norms has to be odd: both ways must be solved.
    [Fact]
    public void TrySolve_EitherNormEven_IsSolved()
    {
        using var stream = new ShakeStream(FalconCases.Bytes("parity", 48));
        var seen = new HashSet<(int, int)>();
        var (f, g, bigF, bigG) = (new sbyte[512], new sbyte[512], new sbyte[512], new sbyte[512]);
        for (var round = 0; round < 100 && seen.Count < 3; round++)
        {
            KeyGaussian.Of512.TryFill(stream.Fill, f, 31);
            KeyGaussian.Of512.TryFill(stream.Fill, g, 31);
            if (NtruSolver.TrySolve(f, g, bigF, bigG))
            {
                Assert.True(NtruEquation.Holds(f, g, bigF, bigG));
                seen.Add((f.Sum(value => value) & 1, g.Sum(value => value) & 1));
            }
        }
        Assert.Equal([(0, 1), (1, 0), (1, 1)], seen.Order());
    }
}
