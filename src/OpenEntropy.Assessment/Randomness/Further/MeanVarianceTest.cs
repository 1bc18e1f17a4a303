using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Have the bytes the mean 127.5 and the variance 5461.25 of equally likely ones? With y = 2x − 255: the mean of y is 0 and of y² 21845, their
/// variances 21845 and E y⁴ − 21845², E y⁴ = (256² − 1)(3 · 256² − 7)/15, all exact; the sums are normal in the limit, two-sided, and by symmetry
/// uncorrelated. (A chi-square for the variance would take the bytes for normal ones, whose fourth moment is 5/3 times as large.)
/// </summary>
internal sealed class MeanVarianceTest : RandomnessTest
{
    private const double Cells = 256;
    private const double FourthMoment = ((Cells * Cells) - 1) * ((3 * Cells * Cells) - 7) / 15;

    public override string Name => "Mean and variance";

    public override string Source => "Kendall and Stuart, The Advanced Theory of Statistics 1, chapter 10";

    public override int MinimumBits => 8 * 50;

    public override int RecommendedBits(RandomnessOptions options) => 8 * 500;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var bytes = SequenceValues.Bytes(bits, options.Checkpoint);
        double n = bytes.Length;
        var (sum, squares) = (0L, 0L);
        for (var i = 0; i < bytes.Length; i++)
        {
            var y = (2 * bytes[i]) - 255;
            sum += y;
            squares += y * y;
            if (i % SequenceValues.ValuesPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        var zOfMean = sum / Math.Sqrt(n * ByteProducts.Variance);
        var zOfVariance =
            (squares - (n * ByteProducts.Variance)) / Math.Sqrt(n * (FourthMoment - (ByteProducts.Variance * ByteProducts.Variance)));
        return Applied(
            [new PValue("mean", Distributions.TwoSidedNormal(zOfMean)), new PValue("variance", Distributions.TwoSidedNormal(zOfVariance))],
            new Statistic("mean", ((sum / n) + 255) / 2) { Ideal = 127.5 },
            new Statistic("variance about 127.5", squares / n / 4) { Ideal = ByteProducts.Variance / 4 }
        );
    }
}
