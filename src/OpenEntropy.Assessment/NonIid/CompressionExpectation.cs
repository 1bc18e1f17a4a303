using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// What the statistic of the compression estimate would be on average if the likeliest block had probability p and the 63 others shared the rest: the
/// right side of step 7 of SP 800-90B, 6.3.4. With a_i = log2(i) (1 - z)^(i - 1) its double sum over blocks and distances is
/// G(z) = z / v (z ((n - d) sum_{i = 2}^{d} a_i + sum_{i = d + 1}^{n - 1} (n - i) a_i) + sum_{i = d + 1}^{n} a_i).
/// The terms are of the extended format and their sums are doubles with compensation, as in NIST's tool.
/// </summary>
/// <param name="blocks">n, the number of blocks, those of the dictionary included.</param>
/// <param name="logarithms">Of up to n.</param>
/// <param name="checkpoint">Called as the work goes on.</param>
internal sealed class CompressionExpectation(int blocks, IntegerLogarithms logarithms, Checkpoint? checkpoint)
{
    private const int Dictionary = CompressionEstimate.DictionaryBlocks;
    private const int Chunk = 1 << 10;
    private const int ChunksBetweenCheckpoints = 1 << 8;

    /// <summary>The expected statistic, bits.</summary>
    /// <param name="p">Between 1/64 and 1, exclusive.</param>
    public double At(double p)
    {
        const double others = CompressionEstimate.BlockValues - 1.0;
        return G(p) + others * G((1.0 - p) / others);
    }

    private double G(double z)
    {
        var ratio = 1L - (Extended)z;
        var (power, sum) = Head(ratio);
        var head = sum.Value;
        var weighted = Tail(ratio, power, ref sum);
        weighted.Add((double)(blocks - Dictionary) * head);
        return 1 / (double)(blocks - Dictionary) * z * (z * weighted.Value + (sum.Value - head));
    }

    /// <summary>The sum of a_2 … a_d, and (1 - z)^d.</summary>
    private (Extended Power, KahanSum Sum) Head(Extended ratio)
    {
        var known = logarithms.UpTo(Dictionary);
        var (power, sum) = (ratio, default(KahanSum));
        for (var i = 2; i < known.Length; i++)
        {
            sum.Add((IntegerLogarithms.Value(known[i], i) * power).ToDouble());
            power *= ratio;
        }

        return (power, sum);
    }

    /// <summary>Adds a_{d + 1} … a_n to the sum, and gives that of (n - i) a_i; up to where no term changes either any more.</summary>
    private KahanSum Tail(Extended ratio, Extended power, ref KahanSum total)
    {
        var (sum, weighted) = (total, default(KahanSum));
        var (term, scaled) = (0.0, 0.0);
        var i = Dictionary + 1;
        for (var chunk = 0; i < blocks; chunk++)
        {
            if (chunk % ChunksBetweenCheckpoints == 0)
                checkpoint?.Invoke();
            var known = logarithms.UpTo(Math.Min(i + Chunk, blocks) - 1);
            for (; i < known.Length; i++)
            {
                var a = IntegerLogarithms.Value(known[i], i) * power;
                term = a.ToDouble();
                sum.Add(term);
                scaled = (Extended.Scaled((ulong)(blocks - i), 0) * a).ToDouble();
                if (scaled == 0)
                {
                    total = sum;
                    return weighted;
                }

                weighted.Add(scaled);
                power *= ratio;
            }

            // From here on each a_i is smaller than the one before.
            if (sum.Absorbs(term) && weighted.Absorbs(scaled))
                break;
        }

        // The last has no weight.
        if (i == blocks)
            sum.Add((IntegerLogarithms.Value(logarithms.UpTo(blocks)[blocks], blocks) * power).ToDouble());
        total = sum;
        return weighted;
    }
}
