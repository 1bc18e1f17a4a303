using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon.Sampling;

/// <summary>
/// The Falcon tree (Algorithms 8 and 9, and normalized leaves): at each node the n values of L10, then the tree of D00 and the tree of D11; at each
/// leaf √D / σ, one over the standard deviation there. Secret; the owner zeroes it.
/// </summary>
internal static class LdlTree
{
    /// <summary>Doubles of a tree of degree 2^logDegree: n at each of log2 n levels, and n leaves.</summary>
    public static int Length(int logDegree) => (logDegree + 1) << logDegree;

    /// <summary>Fills the tree of a Gram matrix [[g00, g01], [g01*, g11]], all transformed.</summary>
    /// <param name="tree"><see cref="Length"/> doubles.</param>
    /// <param name="g00">Its own adjoint, with real values.</param>
    /// <param name="g01">Any.</param>
    /// <param name="g11">Its own adjoint.</param>
    /// <param name="sigma">σ.</param>
    public static void Build(Span<double> tree, ReadOnlySpan<double> g00, ReadOnlySpan<double> g01, ReadOnlySpan<double> g11, double sigma)
    {
        var degree = g00.Length;
        var points = degree / 2;
        if (degree == 1)
        {
            tree[0] = Math.Sqrt(g00[0]) / sigma;
            return;
        }

        // Algorithm 8: L10 = g01* / g00, D00 = g00, D11 = g11 − |L10|² g00.
        var d11 = SecretArray.Of<double>(degree);
        for (var k = 0; k < points; k++)
        {
            var inverse = 1 / g00[k];
            tree[k] = g01[k] * inverse;
            tree[points + k] = -g01[points + k] * inverse;
            d11[k] = g11[k] - (((g01[k] * g01[k]) + (g01[points + k] * g01[points + k])) * inverse);
        }
        BuildHalf(tree.Slice(degree, Length(int.Log2(points))), g00, sigma);
        BuildHalf(tree[(degree + Length(int.Log2(points)))..], d11, sigma);
        SecretArray.Zero(d11);
    }

    /// <summary>
    /// Algorithm 9, lines 5 to 9: d(x) is split into d0(x²) + x d1(x²), of which [[d0, d1], [d1*, d0]] is the Gram matrix one level down.
    /// </summary>
    private static void BuildHalf(Span<double> tree, ReadOnlySpan<double> d, double sigma)
    {
        var halves = SecretArray.Of<double>(d.Length);
        var d0 = halves.AsSpan(0, d.Length / 2);
        var d1 = halves.AsSpan(d.Length / 2);
        FourierTransform.Split(d, d0, d1);
        if (d.Length == 2)
            tree[0] = Math.Sqrt(d0[0]) / sigma;
        else
            Build(tree, d0, d1, d0, sigma);
        SecretArray.Zero(halves);
    }
}
