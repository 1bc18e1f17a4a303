using OpenEntropy.Assessment.Randomness;

namespace OpenEntropy.Assessment.Numerics;

/// <summary>The discrete Fourier transform of a sequence of bits taken as ±1.</summary>
internal static class RealSpectrum
{
    /// <summary>The longest sequence that is transformed at once, bits: a transform takes 24 to 72 bytes of memory a bit.</summary>
    public const int MaximumBits = 1 << 24;

    /// <summary>How many numbers are worked on between two checkpoints, about a millisecond's work.</summary>
    private const int CheckpointInterval = 1 << 16;

    /// <summary>|X_k|² of X_k = Σ x_j e^(−2πijk/n), x_j = 2ε_j − 1, for k = 0 … ⌊n/2⌋ − 1.</summary>
    /// <param name="bits">The n bits, two at least and <see cref="MaximumBits"/> at most.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static double[] SquaredModuli(BitSequence bits, Checkpoint? checkpoint = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits.Length, 2, nameof(bits));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits.Length, MaximumBits, nameof(bits));
        return bits.Length % 2 == 0 ? OfEvenLength(bits, checkpoint) : OfOddLength(bits, checkpoint);
    }

    /// <summary>Even and odd places are the real and imaginary parts of n/2 complex numbers, whose transform is taken apart again.</summary>
    private static double[] OfEvenLength(BitSequence bits, Checkpoint? checkpoint)
    {
        var half = bits.Length / 2;
        var pairs = SplitComplex.Zeros(half);
        for (var j = 0; j < half; j++)
        {
            var pair = bits.Words[j / 32] >> (2 * (j % 32));
            (pairs.Re[j], pairs.Im[j]) = (Sign(pair), Sign(pair >> 1));
            if (j % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        var z = Transform(pairs, half, checkpoint);
        var roots = new UnitRoots(bits.Length);
        var moduli = new double[half];
        for (var k = 0; k < half; k++)
        {
            var mirrored = k == 0 ? 0 : half - k;
            var (evenRe, evenIm) = (z.Re[k] + z.Re[mirrored], z.Im[k] - z.Im[mirrored]);
            var (oddRe, oddIm) = (z.Im[k] + z.Im[mirrored], z.Re[mirrored] - z.Re[k]);
            var (cos, sin) = roots[k];
            var re = evenRe + (cos * oddRe) - (sin * oddIm);
            var im = evenIm + (cos * oddIm) + (sin * oddRe);
            moduli[k] = ((re * re) + (im * im)) / 4;
            if (k % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        return moduli;
    }

    private static double[] OfOddLength(BitSequence bits, Checkpoint? checkpoint)
    {
        var signs = SplitComplex.Zeros(bits.Length);
        for (var j = 0; j < bits.Length; j++)
        {
            signs.Re[j] = Sign(bits.Words[j / 64] >> (j % 64));
            if (j % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        var x = Transform(signs, bits.Length / 2, checkpoint);
        var moduli = new double[bits.Length / 2];
        for (var k = 0; k < moduli.Length; k++)
        {
            moduli[k] = (x.Re[k] * x.Re[k]) + (x.Im[k] * x.Im[k]);
            if (k % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        return moduli;
    }

    /// <summary>At least the first <paramref name="count"/> of the transform.</summary>
    private static SplitComplex Transform(SplitComplex data, int count, Checkpoint? checkpoint)
    {
        if (MixedRadixTransform.Supports(data.Length))
            return new MixedRadixTransform(data.Length, checkpoint).Forward(data, SplitComplex.Zeros(data.Length));
        return data.Length % QuarteredTransform.Parts == 0
            ? QuarteredTransform.Forward(data, checkpoint)
            : new ChirpTransform(data.Length, count, checkpoint).Forward(data);
    }

    private static double Sign(ulong bits) => (2 * (int)(bits & 1)) - 1;
}
