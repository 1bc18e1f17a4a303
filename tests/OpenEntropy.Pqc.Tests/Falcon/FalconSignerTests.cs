using System.Security.Cryptography;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Falcon.Sampling;
using OpenEntropy.Pqc.Tests.Falcon.Sampling;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon;

public class FalconSignerTests
{
    [Theory]
    [InlineData("Falcon-512", "Compressed")]
    [InlineData("Falcon-512", "Padded")]
    [InlineData("Falcon-1024", "Compressed")]
    [InlineData("Falcon-1024", "Padded")]
    public void Sign_MessagesOfManyLengths_VerifiesForThemOnly(string name, string formatName)
    {
        var format = Enum.Parse<FalconSignatureFormat>(formatName);
        using var key = FalconCases.Key(name);
        using var signer = new FalconSigner(key);
        var random = FalconCases.Randomness($"sign {name} {format}");
        for (var length = 0; length < 300; length++)
        {
            var message = FalconCases.Bytes($"message {length}", length);
            var signature = signer.Sign(message, format, random);

            Assert.True(key.PublicKey.Verify(message, signature, format));
            Assert.False(key.PublicKey.Verify([.. message, 0], signature, format));
            Assert.Equal(0x30 + key.Parameters.LogDegree, signature[0]);
            if (format == FalconSignatureFormat.Padded)
                Assert.Equal(key.Parameters.PaddedSignatureBytes, signature.Length);
        }
    }

    // The body that the padded format has no room for, before one that it has, must leave nothing in the padding: with many signatures some are drawn again.
    [Fact]
    public void Sign_LongCompressedSignatures_OccurAndArePaddedToo()
    {
        using var key = FalconCases.Key("Falcon-1024");
        using var signer = new FalconSigner(key);
        var (longer, padded) = (0, 0);
        var compressedRandom = FalconCases.Randomness("long");
        var paddedRandom = FalconCases.Randomness("long");
        for (var i = 0; i < 1500; i++)
        {
            var message = BitConverter.GetBytes(i);
            var compressed = signer.Sign(message, FalconSignatureFormat.Compressed, compressedRandom);
            if (compressed.Length <= key.Parameters.PaddedSignatureBytes)
            {
                paddedRandom(new byte[40]);
                paddedRandom(new byte[56]);
                continue;
            }
            longer++;
            padded += key.PublicKey.Verify(
                message,
                signer.Sign(message, FalconSignatureFormat.Padded, paddedRandom),
                FalconSignatureFormat.Padded
            )
                ? 1
                : 0;
        }
        Assert.InRange(longer, 1, 300);
        Assert.Equal(longer, padded);
    }

    [Fact]
    public void Sign_Randomness_IsTheSaltAndThenTheSamplersSeed()
    {
        var asked = new List<int>();
        using var key = FalconCases.Key("Falcon-512");
        using var signer = new FalconSigner(key);
        var signature = signer.Sign(
            [1],
            FalconSignatureFormat.Padded,
            target =>
            {
                asked.Add(target.Length);
                target.Fill((byte)asked.Count);
            }
        );

        Assert.Equal([40, 56], asked);
        Assert.All(signature[1..41], value => Assert.Equal(1, value));
    }

    [Fact]
    public void Sign_RandomnessFails_FailsToo()
    {
        using var key = FalconCases.Key("Falcon-512");
        using var signer = new FalconSigner(key);

        Assert.Throws<InvalidOperationException>(() =>
            signer.Sign([1], FalconSignatureFormat.Padded, _ => throw new InvalidOperationException("not seeded"))
        );
    }

    // A fault is induced: what the key computes is not what its public key verifies.
    [Fact]
    public void Sign_SignatureThatDoesNotVerify_IsWithheld()
    {
        using var key = FalconCases.Key("Falcon-512");
        using var other = FalconCases.Key("Falcon-512", "other");
        using var signer = new FalconSigner(key, other.PublicKey);

        Assert.Throws<CryptographicException>(() => signer.Sign([1], FalconSignatureFormat.Padded, FalconCases.Randomness("fault")));
    }

    [Fact]
    public void Sign_AfterTheKeyIsZeroed_IsRefused()
    {
        var key = FalconCases.Key("Falcon-512");
        var signer = new FalconSigner(key);
        key.Dispose();
        Assert.NotEmpty(signer.Sign([1], FalconSignatureFormat.Padded, FalconCases.Randomness("zeroed")));
        signer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => signer.Sign([1], FalconSignatureFormat.Padded, FalconCases.Randomness("zeroed")));
        Assert.Throws<ObjectDisposedException>(() => key.Encode());
        Assert.Throws<ObjectDisposedException>(() => new FalconSigner(key));
    }

    [Fact]
    public void Sign_ManyThreadsAtOnce_GivesWhatOneThreadGives()
    {
        using var key = FalconCases.Key("Falcon-512");
        using var signer = new FalconSigner(key);
        var alone = Enumerable.Range(0, 64).Select(Sign).ToArray();
        var together = new byte[alone.Length][];
        Parallel.For(0, alone.Length, i => together[i] = Sign(i));

        Assert.Equal(alone, together);

        byte[] Sign(int i) => signer.Sign([(byte)i], FalconSignatureFormat.Padded, FalconCases.Randomness($"thread {i}"));
    }

    // Every leaf's deviation is one the integer sampler is made for, because of the bound on the Gram–Schmidt norm.
    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void Tree_Leaves_AreWithinTheSamplersRange(string name)
    {
        using var key = FalconCases.Key(name);
        using var signer = new FalconSigner(key);
        var leaves = Leaves(signer.Tree.ToArray()).ToArray();

        Assert.Equal(key.Parameters.Degree, leaves.Length);
        Assert.All(leaves, leaf => Assert.InRange(leaf, key.Parameters.SigmaMin, FalconParameters.SigmaMax));

        // The product of the D at the leaves is the Gram determinant of Z[x]/(x^n + 1), q^(2n), once for each of two equal leaves.
        var logarithm = leaves.Sum(leaf => 2 * Math.Log(key.Parameters.Sigma / leaf));
        Assert.Equal(key.Parameters.Degree * Math.Log(12289), logarithm, 1e-6);
    }

    // s is a spherical Gaussian of deviation σ: no longer in the direction of any secret vector than in another, and so tells nothing of it.
    [Theory]
    [InlineData("Falcon-512", 160)]
    [InlineData("Falcon-1024", 40)]
    public void Sign_ManySignatures_FollowTheSphericalGaussian(string name, int signatures)
    {
        using var key = FalconCases.Key(name);
        using var signer = new FalconSigner(key);
        var random = FalconCases.Randomness($"spherical {name}");
        var variance = key.Parameters.Sigma * key.Parameters.Sigma;
        var (all, small, big) = (new List<int>(), 0.0, 0.0);
        for (var i = 0; i < signatures; i++)
        {
            var message = BitConverter.GetBytes(i);
            var signature = signer.Sign(message, FalconSignatureFormat.Compressed, random);
            var (s1, s2) = SchoolVerifier.Read(key.PublicKey.Encoded, message, signature);
            all.AddRange(s1);
            all.AddRange(s2);
            small += ProjectedVariance(s1, s2, key.SmallG, key.SmallF) / signatures;
            big += ProjectedVariance(s1, s2, key.BigG, key.BigF) / signatures;
        }

        // A relative deviation of 1 in √(count / 2) is one standard deviation of a variance; five are allowed. The projections of a signature
        // on the shifts of one vector are not independent of each other, but nearly enough.
        var tolerance = 5 * Math.Sqrt(2.0 / (signatures * key.Parameters.Degree));
        Assert.Equal(1, all.Average(value => (double)value * value) / variance, tolerance);
        Assert.Equal(1, small / variance, tolerance);
        Assert.Equal(1, big / variance, tolerance);
        Assert.True(ChiSquared.Excess(all, 0, key.Parameters.Sigma) < 5);
        Assert.True(ChiSquared.Excess(all, 0, key.Parameters.Sigma * 1.05) > 5);
    }

    /// <summary>The mean square of the projections on x^k (a, −b), for all k.</summary>
    private static double ProjectedVariance(int[] s1, int[] s2, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        var (degree, sum, norm) = (s1.Length, 0.0, 0.0);
        for (var i = 0; i < degree; i++)
            norm += (a[i] * a[i]) + (b[i] * b[i]);
        for (var shift = 0; shift < degree; shift++)
        {
            var product = 0L;
            for (var i = 0; i < degree; i++)
            {
                var (place, sign) = i + shift < degree ? (i + shift, 1) : (i + shift - degree, -1);
                product += sign * ((s1[place] * a[i]) - (s2[place] * b[i]));
            }
            sum += (double)product * product / norm / degree;
        }
        return sum;
    }

    private static IEnumerable<double> Leaves(double[] tree) => Leaves(tree, 0, tree.Length);

    private static IEnumerable<double> Leaves(double[] tree, int start, int length)
    {
        if (length == 1)
            return [tree[start]];
        var degree = 1;
        while (LdlTree.Length(int.Log2(degree)) < length)
            degree *= 2;
        var half = (length - degree) / 2;
        return Leaves(tree, start + degree, half).Concat(Leaves(tree, start + degree + half, half));
    }
}
