namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// Discrete Fourier transforms of any length: L. Bluestein, "A linear filtering approach to the computation of discrete Fourier transform", IEEE
/// Transactions on Audio and Electroacoustics 18, 1970. With jk = (j² + k² − (k−j)²)/2 the transform is a convolution with a chirp, and that is
/// done by transforms of a longer length that has small prime factors only.
/// </summary>
internal static class ChirpTransform
{
    /// <summary>How many numbers are worked on between two checkpoints, about a millisecond's work.</summary>
    private const int CheckpointInterval = 1 << 16;

    /// <summary>The first of X_k = Σ x_j e^(−2πijk/N).</summary>
    /// <param name="data">The N numbers.</param>
    /// <param name="count">How many of them, 1 … N.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public static SplitComplex Forward(SplitComplex data, int count, Checkpoint? checkpoint)
    {
        var length = SmoothLength(data.Length + count - 1);
        var transform = new MixedRadixTransform(length, checkpoint);
        var chirp = new UnitRoots(2L * data.Length);

        var (filter, scratch) = Transform(transform, Filter(chirp, data.Length, count, length, checkpoint), SplitComplex.Zeros(length));
        var chirped = SplitComplex.Zeros(length);
        for (var j = 0; j < data.Length; j++)
        {
            (chirped.Re[j], chirped.Im[j]) = Product(At(chirp, j, data.Length), (data.Re[j], data.Im[j]));
            if (j % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        (chirped, scratch) = Transform(transform, chirped, scratch);

        for (var i = 0; i < length; i++)
        {
            (chirped.Re[i], chirped.Im[i]) = Product((chirped.Re[i], chirped.Im[i]), (filter.Re[i], filter.Im[i]));
            if (i % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        var convolution = transform.Forward(chirped.Exchanged, scratch.Exchanged).Exchanged;

        var result = SplitComplex.Zeros(count);
        for (var k = 0; k < count; k++)
        {
            var (re, im) = Product(At(chirp, k, data.Length), (convolution.Re[k], convolution.Im[k]));
            (result.Re[k], result.Im[k]) = (re / length, im / length);
            if (k % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        return result;
    }

    /// <summary>e^(πik²/N) for k = −(N−1) … count−1, around the end of the array.</summary>
    private static SplitComplex Filter(UnitRoots chirp, int dataLength, int count, int length, Checkpoint? checkpoint)
    {
        var filter = SplitComplex.Zeros(length);
        for (var k = 0; k < dataLength; k++)
        {
            var (re, im) = At(chirp, k, dataLength);
            if (k < count)
                (filter.Re[k], filter.Im[k]) = (re, -im);
            if (k > 0)
                (filter.Re[^k], filter.Im[^k]) = (re, -im);
            if (k % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        return filter;
    }

    /// <summary>The transform, and which array is now free.</summary>
    private static (SplitComplex Result, SplitComplex Free) Transform(
        MixedRadixTransform transform,
        SplitComplex data,
        SplitComplex scratch
    )
    {
        var result = transform.Forward(data, scratch);
        return (result, result == data ? scratch : data);
    }

    /// <summary>e^(−πik²/N).</summary>
    private static (double Re, double Im) At(UnitRoots chirp, long k, long dataLength) => chirp[k * k % (2 * dataLength)];

    private static (double Re, double Im) Product((double Re, double Im) x, (double Re, double Im) y) =>
        ((x.Re * y.Re) - (x.Im * y.Im), (x.Re * y.Im) + (x.Im * y.Re));

    /// <summary>The next length that <see cref="MixedRadixTransform"/> supports.</summary>
    private static int SmoothLength(int least)
    {
        var length = Math.Max(least, MixedRadixTransform.MinimumLength);
        while (!MixedRadixTransform.Supports(length))
            length++;
        return length;
    }
}
