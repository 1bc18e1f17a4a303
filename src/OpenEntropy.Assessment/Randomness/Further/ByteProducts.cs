namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Correlations of bytes, of which mean and variance are known and need not be estimated: the value taken is 2x − 255, of mean 0 and variance
/// (256² − 1)/3 = 21845 exactly. Products of two different bytes' values have mean 0 and variance 21845², and products of different pairs are
/// uncorrelated, even where they share a byte: the sum of m of them over 21845 √m has mean 0 and variance 1, and is normal in the limit (its
/// kurtosis is 3 + 0.24/m).
/// </summary>
internal static class ByteProducts
{
    /// <summary>Variance of 2x − 255.</summary>
    public const double Variance = ((256.0 * 256) - 1) / 3;

    private const int ProductsPerCheckpoint = 1 << 20;

    /// <summary>The standardized sum of the products of bytes a distance apart.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="step">How far apart the first bytes of two pairs are: 1 for all pairs, 2 for every second.</param>
    /// <param name="lag">How far the bytes of a pair are apart, 1 at least.</param>
    /// <param name="checkpoint">Called every 2^20 products.</param>
    public static double Correlation(ReadOnlySpan<byte> bytes, int start, int step, int lag, Checkpoint? checkpoint)
    {
        var sum = 0L;
        var count = 0;
        for (var i = start; i < bytes.Length - lag; i += step)
        {
            sum += ((2 * bytes[i]) - 255) * ((2 * bytes[i + lag]) - 255);
            if (++count % ProductsPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        return sum / (Variance * Math.Sqrt(count));
    }
}
