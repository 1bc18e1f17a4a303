using System.Buffers.Binary;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>SP 800-90B, 6.3.4: how far back blocks of six bits were seen last, as Maurer's universal statistic.</summary>
/// <param name="MinEntropy">Estimated min-entropy of a bit, bits.</param>
/// <param name="Mean">X-bar, the mean of log2 of the distances, bits.</param>
/// <param name="StandardDeviation">sigma-hat, its standard deviation with the correction for dependence, bits.</param>
/// <param name="LowerMean">X-bar', the lower bound of the 99 % confidence interval of the mean, bits.</param>
/// <param name="FoundP">False where no probability explains so high a mean, and 1/64 stands for it.</param>
/// <param name="P">p, the probability of the likeliest block.</param>
public sealed record CompressionEstimate(double MinEntropy, double Mean, double StandardDeviation, double LowerMean, bool FoundP, double P)
    : EntropyEstimate(MinEntropy)
{
    // b, d and 2^b.
    internal const int BlockBits = 6;
    internal const int DictionaryBlocks = 1000;
    internal const int BlockValues = 1 << BlockBits;

    // The factor of step 5, for b = 6.
    private const double DeviationFactor = 0.5907;
    private const int Chunk = 1 << 18;

    /// <inheritdoc/>
    public override string Estimator => NonIidEstimator.Compression.Name;

    /// <inheritdoc/>
    public override string Clause => NonIidEstimator.Compression.Clause;

    /// <summary>Estimates from bits.</summary>
    /// <param name="bits">The bits, one a byte.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <returns>
    /// The estimate; null of fewer than 1,002 blocks or 6,012 bits: 1,000 fill the dictionary, and of what is left at least two have a standard deviation.
    /// Of 1,001 blocks NIST's tool divides by zero and answers 0 or 1.
    /// </returns>
    internal static CompressionEstimate? Of(ReadOnlySpan<byte> bits, Checkpoint? checkpoint = null)
    {
        // Steps 1 and 2.
        var blocks = bits.Length / BlockBits;
        var v = blocks - DictionaryBlocks;
        if (v < 2)
            return null;

        // Steps 3 to 5.
        var (sum, squares) = Distances(bits, blocks, checkpoint);
        var mean = sum / v;
        var deviation = DeviationFactor * Math.Sqrt(squares / (v - 1.0) - mean * mean);
        // Step 6.
        var lower = mean - Confidence.Z * deviation / Math.Sqrt(v);

        // Steps 7 and 8.
        const double least = 1.0 / BlockValues;
        var p = CompressionRoot.Find(blocks, lower, checkpoint);
        return p > least
            ? new CompressionEstimate(MinEntropyOf.Probability(p) / BlockBits, mean, deviation, lower, true, p)
            : new CompressionEstimate(1.0, mean, deviation, lower, false, least);
    }

    /// <summary>The sums of log2 of the distances and of its square, over the blocks after the dictionary's.</summary>
    private static (double Sum, double Squares) Distances(ReadOnlySpan<byte> bits, int blocks, Checkpoint? checkpoint)
    {
        // Where each block was seen last, counted from 1; 0: never.
        Span<int> last = stackalloc int[BlockValues];
        last.Clear();
        for (var i = 0; i < DictionaryBlocks; i++)
            last[BlockAt(bits, i)] = i + 1;

        var logarithms = CommonLogarithms();
        var (sum, squares) = (default(KahanSum), default(KahanSum));
        for (var i = DictionaryBlocks; i < blocks; i++)
        {
            if (i % Chunk == 0)
                checkpoint?.Invoke();
            ref var seen = ref last[BlockAt(bits, i)];
            var distance = i + 1 - seen;
            seen = i + 1;
            var logarithm = distance < logarithms.Length ? logarithms[distance] : Math.Log2(distance);
            sum.Add(logarithm);
            squares.Add(logarithm * logarithm);
        }

        return (sum.Value, squares.Value);
    }

    private static double[] CommonLogarithms()
    {
        var logarithms = new double[1024];
        for (var i = 1; i < logarithms.Length; i++)
            logarithms[i] = Math.Log2(i);
        return logarithms;
    }

    /// <summary>Six bits as a number, the first the most significant.</summary>
    private static int BlockAt(ReadOnlySpan<byte> bits, int block)
    {
        // Multiplied by this, six bytes of one bit each bring their bits together at bits 40 to 45, and no two of the products meet.
        const ulong gather = (1UL << 45) | (1UL << 36) | (1UL << 27) | (1UL << 18) | (1UL << 9) | 1;
        var six = bits.Slice(block * BlockBits, BlockBits);
        ulong bytes = BinaryPrimitives.ReadUInt32LittleEndian(six) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(six[4..]) << 32);
        return (int)((bytes * gather) >> 40) & (BlockValues - 1);
    }
}
