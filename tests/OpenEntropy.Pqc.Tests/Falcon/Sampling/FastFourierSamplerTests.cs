using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Falcon.Sampling;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon.Sampling;

public class FastFourierSamplerTests
{
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
        Assert.All(leaves, leaf => Assert.InRange(1 / leaf, key.Parameters.SigmaMin, FalconParameters.SigmaMax));

        // The product of the D at the leaves is the Gram determinant of Z[x]/(x^n + 1), q^(2n), once for each of two equal leaves.
        var logarithm = leaves.Sum(leaf => 2 * Math.Log(key.Parameters.Sigma * leaf));
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
