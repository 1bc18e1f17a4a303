using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>The expected statistic of <see cref="CompressionExpectation"/> in plain doubles, four terms at a time: to about 13 digits.</summary>
/// <param name="blocks">n, the number of blocks, those of the dictionary included.</param>
/// <param name="logarithms">Of up to n.</param>
/// <param name="checkpoint">Called as the work goes on.</param>
internal sealed class CompressionApproximation(int blocks, IntegerLogarithms logarithms, Checkpoint? checkpoint)
{
    private const int Dictionary = CompressionEstimate.DictionaryBlocks;

    // A divisor of 65,536 and multiple of 256, so that from the second chunk on all logarithms of one have the same exponent.
    private const int Chunk = 2048;
    private const int ChunksBetweenCheckpoints = 1 << 9;
    private const double Negligible = 1e-18;

    private double _sum;
    private double _weighted;

    /// <summary>The expected statistic, bits.</summary>
    /// <param name="p">Between 1/64 and 1, exclusive.</param>
    public double At(double p)
    {
        const double others = CompressionEstimate.BlockValues - 1.0;
        return G(p) + others * G((1.0 - p) / others);
    }

    private double G(double z)
    {
        checkpoint?.Invoke();
        (_sum, _weighted) = (0, 0);
        var ratio = 1L - (Extended)z;
        AddOneByOne(ratio, 2, Math.Min(Chunk, blocks + 1));
        var i = Chunk;
        for (; i + Chunk <= blocks + 1; i += Chunk)
        {
            if (i % (Chunk * ChunksBetweenCheckpoints) == 0)
                checkpoint?.Invoke();
            // Begun anew each time, so that rounding does not add up.
            var power = Extended.Pow(ratio, (long)(i - 1)).ToDouble();
            // No logarithm is above 31.
            if (power * 31 * blocks / z < Negligible * _weighted)
                break;
            AddChunk(ratio.ToDouble(), power, i);
        }

        if (i + Chunk > blocks + 1)
            AddOneByOne(ratio, i, blocks + 1);
        return z / (blocks - Dictionary) * (z * _weighted + _sum);
    }

    private void AddOneByOne(Extended ratio, int from, int to)
    {
        if (from >= to)
            return;
        var known = logarithms.UpTo(to - 1);
        var (power, factor) = (Extended.Pow(ratio, (long)(from - 1)).ToDouble(), ratio.ToDouble());
        for (var i = from; i < to; i++)
        {
            var term = IntegerLogarithms.Value(known[i], i).ToDouble() * power;
            _weighted += (blocks - Math.Max(i, Dictionary)) * term;
            _sum += i > Dictionary ? term : 0;
            power *= factor;
        }
    }

    private void AddChunk(double ratio, double power, int from)
    {
        var significands = MemoryMarshal.Cast<ulong, Vector256<ulong>>(logarithms.UpTo(from + Chunk - 1)[from..]);
        // A significand without its highest bit is the fraction of a double between 1 and 2.
        var one = Vector256.Create(1.0).AsUInt64();
        var square = ratio * ratio;
        var powers = Vector256.Create(1.0, ratio, square, square * ratio) * (power * (1 << IntegerLogarithms.Scale(from)));
        var weights = Vector256.Create((double)(blocks - from)) - Vector256.Create(0.0, 1, 2, 3);
        var (sum, weighted) = (Vector256<double>.Zero, Vector256<double>.Zero);
        foreach (var significand in significands)
        {
            var terms = (((significand << 1) >>> 12) | one).AsDouble() * powers;
            sum += terms;
            weighted += terms * weights;
            powers *= square * square;
            weights -= Vector256.Create(4.0);
        }

        _sum += Vector256.Sum(sum);
        _weighted += Vector256.Sum(weighted);
    }
}
