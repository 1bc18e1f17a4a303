namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// Discrete Fourier transforms of any length: L. Bluestein, "A linear filtering approach to the computation of discrete Fourier transform", IEEE
/// Transactions on Audio and Electroacoustics 18, 1970. With jk = (j² + k² − (k−j)²)/2 the transform is a convolution with a chirp, and that is
/// done by transforms of a longer length that has small prime factors only.
/// </summary>
internal sealed class ChirpTransform
{
    /// <summary>How many numbers are worked on between two checkpoints, about a millisecond's work.</summary>
    private const int CheckpointInterval = 1 << 16;

    private readonly int _dataLength;
    private readonly int _count;
    private readonly Checkpoint? _checkpoint;
    private readonly MixedRadixTransform _transform;
    private readonly UnitRoots _chirp;
    private readonly SplitComplex _filter;
    private SplitComplex _chirped;
    private SplitComplex _scratch;

    /// <param name="dataLength">N, the length of the transform.</param>
    /// <param name="count">How many numbers of it are wanted, 1 … N.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public ChirpTransform(int dataLength, int count, Checkpoint? checkpoint)
    {
        (_dataLength, _count, _checkpoint) = (dataLength, count, checkpoint);
        var length = SmoothLength(dataLength + count - 1);
        _transform = new MixedRadixTransform(length, checkpoint);
        _chirp = new UnitRoots(2L * dataLength);
        (_filter, _scratch) = Transform(Filter(length), SplitComplex.Zeros(length));
        _chirped = SplitComplex.Zeros(length);
    }

    /// <summary>The first of X_k = Σ x_j e^(−2πijk/N).</summary>
    /// <param name="data">The N numbers; the result takes their place.</param>
    /// <returns>The same arrays, of which the first <c>count</c> numbers are the result.</returns>
    public SplitComplex Forward(SplitComplex data)
    {
        for (var j = 0; j < _dataLength; j++)
        {
            (_chirped.Re[j], _chirped.Im[j]) = Product(At(j), (data.Re[j], data.Im[j]));
            Pause(j);
        }

        Array.Clear(_chirped.Re, _dataLength, _chirped.Length - _dataLength);
        Array.Clear(_chirped.Im, _dataLength, _chirped.Length - _dataLength);
        (_chirped, _scratch) = Transform(_chirped, _scratch);

        for (var i = 0; i < _chirped.Length; i++)
        {
            (_chirped.Re[i], _chirped.Im[i]) = Product((_chirped.Re[i], _chirped.Im[i]), (_filter.Re[i], _filter.Im[i]));
            Pause(i);
        }

        var convolution = _transform.Forward(_chirped.Exchanged, _scratch.Exchanged).Exchanged;
        for (var k = 0; k < _count; k++)
        {
            var (re, im) = Product(At(k), (convolution.Re[k], convolution.Im[k]));
            (data.Re[k], data.Im[k]) = (re / convolution.Length, im / convolution.Length);
            Pause(k);
        }

        return data;
    }

    /// <summary>e^(πik²/N) for k = −(N−1) … count−1, around the end of the array.</summary>
    private SplitComplex Filter(int length)
    {
        var filter = SplitComplex.Zeros(length);
        for (var k = 0; k < _dataLength; k++)
        {
            var (re, im) = At(k);
            if (k < _count)
                (filter.Re[k], filter.Im[k]) = (re, -im);
            if (k > 0)
                (filter.Re[^k], filter.Im[^k]) = (re, -im);
            Pause(k);
        }

        return filter;
    }

    /// <summary>The transform, and which array is now free.</summary>
    private (SplitComplex Result, SplitComplex Free) Transform(SplitComplex data, SplitComplex scratch)
    {
        var result = _transform.Forward(data, scratch);
        return (result, result == data ? scratch : data);
    }

    /// <summary>e^(−πik²/N).</summary>
    private (double Re, double Im) At(long k) => _chirp[k * k % (2L * _dataLength)];

    private void Pause(int done)
    {
        if (done % CheckpointInterval == 0)
            _checkpoint?.Invoke();
    }

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
