using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// What the statistic of the compression estimate would be on average if the likeliest block had probability p and all others the same: the right side
/// of step 7 of SP 800-90B, 6.3.4, with its double sum brought to two sums over one index.
/// </summary>
/// <param name="blocks">L', the number of blocks, those of the dictionary included.</param>
/// <param name="checkpoint">Called now and then.</param>
internal sealed class CompressionExpectation(int blocks, Checkpoint? checkpoint)
{
    private readonly Extended[] _logarithms = new Extended[blocks + 1];
    private int _known = 1;

    /// <summary>The expected statistic, bits.</summary>
    /// <param name="p">Between 1/64 and 1, exclusive.</param>
    public double At(double p)
    {
        const double others = CompressionEstimate.BlockValues - 1.0;
        return G(p) + others * G((1.0 - p) / others);
    }

    /// <summary>
    /// G(z) = z / v (z sum_{i = d + 1}^{n - 1} (n - i) a_i + ...)
    /// </summary>
    private double G(double z)
    {
        checkpoint?.Invoke();
        const int d = CompressionEstimate.DictionaryBlocks;
        var ratio = (Extended)1L - z;
        var power = ratio;
        var sum = default(KahanSum);
        for (var i = 2; i <= d; i++)
        {
            sum.Add((Logarithm(i) * power).ToDouble());
            power *= ratio;
        }

        var head = sum.Value;
        var weighted = default(KahanSum);
        var truncated = false;
        for (var i = d + 1; i < blocks; i++)
        {
            var term = Logarithm(i) * power;
            sum.Add(term.ToDouble());
            var scaled = ((Extended)(long)(blocks - i) * term).ToDouble();
            if (!(scaled > 0))
            {
                truncated = true;
                break;
            }

            weighted.Add(scaled);
            power *= ratio;
        }

        weighted.Add((blocks - d) * head);
        if (!truncated)
            sum.Add((Logarithm(blocks) * power).ToDouble());
        return 1 / (double)(blocks - d) * z * (z * weighted.Value + (sum.Value - head));
    }

    private Extended Logarithm(int i)
    {
        while (_known < i)
            _logarithms[++_known] = Extended.Log2(_known);
        return _logarithms[i];
    }
}
