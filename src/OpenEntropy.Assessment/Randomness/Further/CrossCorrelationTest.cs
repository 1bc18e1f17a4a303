using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Are the bytes at even places correlated with those at odd ones, as two interleaved channels would be? At shifts of −8 … 8 pairs, by the sum of
/// the squares of <see cref="ByteProducts"/>, chi-square of 17 degrees of freedom.
/// </summary>
internal sealed class CrossCorrelationTest : RandomnessTest
{
    private const int FarthestShift = 8;
    private const int Shifts = (2 * FarthestShift) + 1;

    public override string Name => "Cross-correlation";

    public override string Source => "Box and Pierce, Journal of the American Statistical Association 65 (1970)";

    public override int MinimumBits => 8 * 200;

    public override int RecommendedBits(RandomnessOptions options) => 8 * 4000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var bytes = SequenceValues.Bytes(bits, options.Checkpoint);
        var sum = 0.0;
        for (var shift = -FarthestShift; shift <= FarthestShift; shift++)
        {
            // Even place 2i and odd place 2 (i + shift) + 1, whichever comes first.
            var lag = (2 * shift) + 1;
            var z = ByteProducts.Correlation(bytes, lag > 0 ? 0 : 1, 2, Math.Abs(lag), options.Checkpoint);
            sum += z * z;
        }

        return Applied(Distributions.UpperIncompleteGammaRatio(Shifts / 2.0, sum / 2), new Statistic("sum of z^2", sum) { Ideal = Shifts });
    }
}
