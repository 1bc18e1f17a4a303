using System.Numerics;

namespace OpenEntropy.Assessment.Numerics;

/// <summary>
/// Discrete Fourier transforms of lengths 2^a 3^b 5^c by Stockham's autosort algorithm: every stage reads one array in order and writes another,
/// so that no digit reversal is needed and neighbours in memory are neighbours in a vector.
/// </summary>
internal sealed class MixedRadixTransform
{
    /// <summary>The shortest transform: a stage has at least one whole vector to work on.</summary>
    public const int MinimumLength = 64;

    /// <summary>How many numbers are worked on between two checkpoints, well below a millisecond's work.</summary>
    private const int CheckpointInterval = 1 << 15;

    private static readonly int Lanes = Vector<double>.Count;

    private readonly int _length;
    private readonly List<int> _radices;
    private readonly UnitRoots _roots;
    private readonly Checkpoint? _checkpoint;
    private int _sinceCheckpoint;

    /// <param name="length">N, of no prime factor above 5 and at least <see cref="MinimumLength"/>.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    public MixedRadixTransform(int length, Checkpoint? checkpoint)
    {
        _radices = TryFactor(length) ?? throw new ArgumentOutOfRangeException(nameof(length), length, "It has a prime factor above 5.");
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinimumLength);
        (_length, _roots, _checkpoint) = (length, new UnitRoots(length), checkpoint);
    }

    /// <summary>Whether there is a fast transform of a length.</summary>
    public static bool Supports(int length) => length >= MinimumLength && TryFactor(length) is not null;

    /// <summary>Transforms N numbers: X_k = Σ x_j e^(−2πijk/N).</summary>
    /// <param name="data">The numbers; destroyed.</param>
    /// <param name="scratch">As much room again.</param>
    /// <returns>Whichever of the two holds the result.</returns>
    public SplitComplex Forward(SplitComplex data, SplitComplex scratch)
    {
        var stride = 1;
        foreach (var radix in _radices)
        {
            if (stride < Lanes)
                NarrowStage(radix, stride, data, scratch);
            else
                WideStage(radix, stride, data, scratch);
            (data, scratch) = (scratch, data);
            stride *= radix;
        }

        return data;
    }

    /// <summary>A stage whose twiddle factor is the same for <paramref name="stride"/> neighbours, at least a vector of them.</summary>
    private void WideStage(int radix, int stride, SplitComplex from, SplitComplex to)
    {
        Span<Vector<double>> re = stackalloc Vector<double>[Butterfly.MaximumRadix];
        Span<Vector<double>> im = stackalloc Vector<double>[Butterfly.MaximumRadix];
        Span<(double Re, double Im)> twiddles = stackalloc (double, double)[Butterfly.MaximumRadix];
        var distance = _length / radix;
        for (var p = 0; p < distance / stride; p++)
        {
            for (var j = 1; j < radix; j++)
                twiddles[j] = _roots[(long)p * j * stride];
            for (var q = 0; q < stride; q += Lanes)
            {
                var lane = Math.Min(q, stride - Lanes); // The last vector may do some of its neighbour's work again.
                Load(radix, from, (p * stride) + lane, distance, re, im);
                Butterfly.Apply(radix, re, im);
                var at = (p * radix * stride) + lane;
                re[0].CopyTo(to.Re, at);
                im[0].CopyTo(to.Im, at);
                for (var j = 1; j < radix; j++)
                {
                    at += stride;
                    var (cos, sin) = twiddles[j];
                    ((cos * re[j]) - (sin * im[j])).CopyTo(to.Re, at);
                    ((cos * im[j]) + (sin * re[j])).CopyTo(to.Im, at);
                }

                Pause(radix * Lanes);
            }
        }
    }

    /// <summary>The first stages: twiddle factors differ within a vector, and what leaves it is scattered.</summary>
    private void NarrowStage(int radix, int stride, SplitComplex from, SplitComplex to)
    {
        Span<Vector<double>> re = stackalloc Vector<double>[Butterfly.MaximumRadix];
        Span<Vector<double>> im = stackalloc Vector<double>[Butterfly.MaximumRadix];
        var distance = _length / radix;
        for (var i = 0; i < distance; i += Lanes)
        {
            var first = Math.Min(i, distance - Lanes);
            Load(radix, from, first, distance, re, im);
            Butterfly.Apply(radix, re, im);
            for (var lane = 0; lane < Lanes; lane++)
            {
                var (p, q) = Math.DivRem(first + lane, stride);
                for (var j = 0; j < radix; j++)
                {
                    var (cos, sin) = _roots[(long)p * j * stride];
                    var (x, y) = (re[j][lane], im[j][lane]);
                    var at = q + (stride * ((radix * p) + j));
                    to.Re[at] = (cos * x) - (sin * y);
                    to.Im[at] = (cos * y) + (sin * x);
                }
            }

            Pause(radix * Lanes);
        }
    }

    private static void Load(int radix, SplitComplex from, int at, int distance, Span<Vector<double>> re, Span<Vector<double>> im)
    {
        for (var k = 0; k < radix; k++)
        {
            re[k] = new Vector<double>(from.Re, at + (k * distance));
            im[k] = new Vector<double>(from.Im, at + (k * distance));
        }
    }

    private void Pause(int work)
    {
        _sinceCheckpoint += work;
        if (_sinceCheckpoint < CheckpointInterval)
            return;
        _sinceCheckpoint = 0;
        _checkpoint?.Invoke();
    }

    private static List<int>? TryFactor(int length)
    {
        var radices = new List<int>();
        foreach (var radix in (ReadOnlySpan<int>)[4, 2, 3, 5])
        {
            for (; length % radix == 0; length /= radix)
                radices.Add(radix);
        }

        return length == 1 ? radices : null;
    }
}
