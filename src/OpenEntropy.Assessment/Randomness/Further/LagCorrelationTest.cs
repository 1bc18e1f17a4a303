using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Is a byte correlated with the one 1, 2, 4, 8, 16 or 32 later, as buffers and word sizes make them? By the largest of the six |z| of
/// <see cref="ByteProducts"/>, which are uncorrelated: p = 1 − (1 − p of the largest)^6.
/// </summary>
internal sealed class LagCorrelationTest : RandomnessTest
{
    private static readonly int[] Lags = [1, 2, 4, 8, 16, 32];

    public override string Name => "Lag-N correlation";

    public override string Source => "Knuth, TAOCP vol. 2, 3.3.2 K; Šidák, Journal of the American Statistical Association 62 (1967)";

    public override int MinimumBits => 8 * 132;

    public override int RecommendedBits(RandomnessOptions options) => 8 * 1000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var bytes = SequenceValues.Bytes(bits, options.Checkpoint);
        var statistics = new List<Statistic>();
        foreach (var lag in Lags)
        {
            var z = ByteProducts.Correlation(bytes, 0, 1, lag, options.Checkpoint);
            statistics.Add(new Statistic($"z of lag {lag}", z) { Ideal = 0 });
        }

        var smallest = statistics.Min(statistic => Distributions.TwoSidedNormal(statistic.Value));
        return Applied(SmallestOf.PValue(smallest, Lags.Length), statistics);
    }
}
