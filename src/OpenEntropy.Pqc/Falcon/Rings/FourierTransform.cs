namespace OpenEntropy.Pqc.Falcon.Rings;

/// <summary>
/// The Fourier transform of R[x]/(x^n + 1): the values at n/2 roots of x^n + 1, one of each conjugate pair, in bit-reversed order; n real parts and
/// imaginary parts are kept as n/2 real parts and then n/2 imaginary parts. The values 2k and 2k + 1 are at w and −w, so splitting and merging
/// (Algorithms 1 and 2) work on neighbours. Only additions and multiplications, in an order that depends on n alone; the compiler fuses none of them.
/// </summary>
internal static class FourierTransform
{
    /// <summary>Coefficients to values, in place.</summary>
    public static void Forward(Span<double> a)
    {
        var points = a.Length / 2;
        for (int order = 2, half = points / 2; half > 0; order *= 2, half /= 2)
        {
            for (var block = 0; block < order / 2; block++)
            {
                var (real, imaginary) = (RootsOfUnity.Real[order + block], RootsOfUnity.Imaginary[order + block]);
                var start = 2 * block * half;
                var lowReal = a.Slice(start, half);
                var highReal = a.Slice(start + half, half)[..lowReal.Length];
                var lowImaginary = a.Slice(points + start, half)[..lowReal.Length];
                var highImaginary = a.Slice(points + start + half, half)[..lowReal.Length];
                for (var j = 0; j < lowReal.Length; j++)
                {
                    var productReal = (highReal[j] * real) - (highImaginary[j] * imaginary);
                    var productImaginary = (highReal[j] * imaginary) + (highImaginary[j] * real);
                    highReal[j] = lowReal[j] - productReal;
                    highImaginary[j] = lowImaginary[j] - productImaginary;
                    lowReal[j] += productReal;
                    lowImaginary[j] += productImaginary;
                }
            }
        }
    }

    /// <summary>Values to coefficients, in place.</summary>
    public static void Inverse(Span<double> a)
    {
        var points = a.Length / 2;
        for (int order = points, half = 1; order > 1; order /= 2, half *= 2)
        {
            for (var block = 0; block < order / 2; block++)
            {
                var (real, imaginary) = (RootsOfUnity.Real[order + block], RootsOfUnity.Imaginary[order + block]);
                var start = 2 * block * half;
                var lowReal = a.Slice(start, half);
                var highReal = a.Slice(start + half, half)[..lowReal.Length];
                var lowImaginary = a.Slice(points + start, half)[..lowReal.Length];
                var highImaginary = a.Slice(points + start + half, half)[..lowReal.Length];
                for (var j = 0; j < lowReal.Length; j++)
                {
                    var differenceReal = lowReal[j] - highReal[j];
                    var differenceImaginary = lowImaginary[j] - highImaginary[j];
                    lowReal[j] += highReal[j];
                    lowImaginary[j] += highImaginary[j];
                    highReal[j] = (differenceReal * real) + (differenceImaginary * imaginary);
                    highImaginary[j] = (differenceImaginary * real) - (differenceReal * imaginary);
                }
            }
        }
        var scale = 1.0 / points; // a power of two
        foreach (ref var value in a)
            value *= scale;
    }

    /// <summary>Algorithm 1, splitfft: f = f0(x²) + x f1(x²), all transformed; of degree 2, f0 and f1 are one real number each.</summary>
    public static void Split(ReadOnlySpan<double> f, Span<double> f0, Span<double> f1)
    {
        if (f.Length == 2)
        {
            (f0[0], f1[0]) = (f[0], f[1]);
            return;
        }
        var (points, halfPoints) = (f.Length / 2, f.Length / 4);
        for (var k = 0; k < halfPoints; k++)
        {
            var (real, imaginary) = (RootsOfUnity.Real[points + k], RootsOfUnity.Imaginary[points + k]);
            var (aReal, bReal) = (f[2 * k], f[(2 * k) + 1]);
            var (aImaginary, bImaginary) = (f[points + (2 * k)], f[points + (2 * k) + 1]);
            f0[k] = (aReal + bReal) * 0.5;
            f0[halfPoints + k] = (aImaginary + bImaginary) * 0.5;
            var (differenceReal, differenceImaginary) = (aReal - bReal, aImaginary - bImaginary);
            f1[k] = ((differenceReal * real) + (differenceImaginary * imaginary)) * 0.5;
            f1[halfPoints + k] = ((differenceImaginary * real) - (differenceReal * imaginary)) * 0.5;
        }
    }

    /// <summary>Algorithm 2, mergefft: undoes <see cref="Split"/>.</summary>
    public static void Merge(ReadOnlySpan<double> f0, ReadOnlySpan<double> f1, Span<double> f)
    {
        if (f.Length == 2)
        {
            (f[0], f[1]) = (f0[0], f1[0]);
            return;
        }
        var (points, halfPoints) = (f.Length / 2, f.Length / 4);
        for (var k = 0; k < halfPoints; k++)
        {
            var (real, imaginary) = (RootsOfUnity.Real[points + k], RootsOfUnity.Imaginary[points + k]);
            var productReal = (f1[k] * real) - (f1[halfPoints + k] * imaginary);
            var productImaginary = (f1[k] * imaginary) + (f1[halfPoints + k] * real);
            f[2 * k] = f0[k] + productReal;
            f[(2 * k) + 1] = f0[k] - productReal;
            f[points + (2 * k)] = f0[halfPoints + k] + productImaginary;
            f[points + (2 * k) + 1] = f0[halfPoints + k] - productImaginary;
        }
    }
}
