using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>
/// Algorithm 5, lines 6 to 9: the Gram–Schmidt norm of the basis that f and g begin is at most 1.17 √q. It divides doubles of f and g, which some
/// processors do sooner for some numbers.
/// </summary>
internal static class BasisQuality
{
    /// <summary>Whether ‖(g, −f)‖² and ‖(q f*, q g*) / (f f* + g g*)‖² are both within <see cref="FalconParameters.BasisNormBound"/>.</summary>
    public static bool IsAcceptable(ReadOnlySpan<sbyte> f, ReadOnlySpan<sbyte> g)
    {
        if (SquaredNorm(f) + SquaredNorm(g) > FalconParameters.BasisNormBound)
            return false;
        using var buffers = new DoubleBuffers(3, f.Length);
        var first = buffers[0];
        var second = buffers[1];
        var norm = buffers[2];
        for (var i = 0; i < f.Length; i++)
            (first[i], second[i]) = (f[i], g[i]);
        FourierTransform.Forward(first);
        FourierTransform.Forward(second);
        FourierPolynomial.AddAdjointProduct(first, first, norm);
        FourierPolynomial.AddAdjointProduct(second, second, norm);

        // By Parseval, of transforms with one root of each conjugate pair: ‖a‖² = 2/n Σ |a(w)|²; here |f*|² + |g*|² is the norm that is divided by.
        var points = f.Length / 2;
        var sum = 0.0;
        for (var k = 0; k < points; k++)
            sum += 1 / norm[k];
        return sum * FalconParameters.Modulus * FalconParameters.Modulus / points <= FalconParameters.BasisNormBound;
    }

    private static int SquaredNorm(ReadOnlySpan<sbyte> polynomial)
    {
        var norm = 0;
        foreach (int coefficient in polynomial)
            norm += coefficient * coefficient;
        return norm;
    }
}
