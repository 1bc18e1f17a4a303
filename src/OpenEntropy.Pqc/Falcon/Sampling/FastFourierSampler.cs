using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon.Sampling;

/// <summary>
/// Algorithm 11, ffSampling: integer polynomials near given real ones, such that the error follows the lattice's Gaussian. Its flow depends on the
/// degree only.
/// </summary>
internal static class FastFourierSampler
{
    /// <summary>Doubles of scratch space for a degree.</summary>
    public static int ScratchLength(int degree) => 4 * degree;

    /// <summary>Samples; all polynomials are transformed.</summary>
    /// <param name="sampler">Integers with the tree's standard deviations.</param>
    /// <param name="tree">Of <see cref="LdlTree"/>.</param>
    /// <param name="t0">The first target.</param>
    /// <param name="t1">The second target; overwritten.</param>
    /// <param name="z0">Becomes the sample near t0, shifted as t1's error demands.</param>
    /// <param name="z1">Becomes the sample near t1.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> doubles, secret afterwards.</param>
    public static void Sample(
        IntegerSampler sampler,
        ReadOnlySpan<double> tree,
        ReadOnlySpan<double> t0,
        Span<double> t1,
        Span<double> z0,
        Span<double> z1,
        Span<double> scratch
    )
    {
        var degree = t0.Length;
        var half = degree / 2;
        var childLength = LdlTree.Length(int.Log2(half));
        SampleHalf(sampler, tree.Slice(degree + childLength, childLength), t1, z1, scratch);

        // t0' = t0 + (t1 − z1) L10
        var l = tree[..degree];
        for (var k = 0; k < half; k++)
        {
            var (real, imaginary) = (t1[k] - z1[k], t1[half + k] - z1[half + k]);
            t1[k] = t0[k] + ((real * l[k]) - (imaginary * l[half + k]));
            t1[half + k] = t0[half + k] + ((real * l[half + k]) + (imaginary * l[k]));
        }
        SampleHalf(sampler, tree.Slice(degree, childLength), t1, z0, scratch);
    }

    private static void SampleHalf(
        IntegerSampler sampler,
        ReadOnlySpan<double> tree,
        ReadOnlySpan<double> t,
        Span<double> z,
        Span<double> scratch
    )
    {
        if (t.Length == 2)
        {
            z[0] = sampler.Next(t[0], tree[0]);
            z[1] = sampler.Next(t[1], tree[0]);
            return;
        }
        var half = t.Length / 2;
        var t0 = scratch[..half];
        var t1 = scratch.Slice(half, half);
        var z0 = scratch.Slice(2 * half, half);
        var z1 = scratch.Slice(3 * half, half);
        FourierTransform.Split(t, t0, t1);
        Sample(sampler, tree, t0, t1, z0, z1, scratch[(4 * half)..]);
        FourierTransform.Merge(z0, z1, z);
    }
}
