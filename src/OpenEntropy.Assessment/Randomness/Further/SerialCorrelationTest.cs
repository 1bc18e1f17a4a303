using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>Is a byte correlated with the next? Two-sided, by <see cref="ByteProducts"/>.</summary>
internal sealed class SerialCorrelationTest : RandomnessTest
{
    public override string Name => "Serial correlation";

    public override string Source => "Knuth, TAOCP vol. 2, 3.3.2 K";

    public override int MinimumBits => 8 * 100;

    public override int RecommendedBits(RandomnessOptions options) => 8 * 1000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var bytes = SequenceValues.Bytes(bits, options.Checkpoint);
        var z = ByteProducts.Correlation(bytes, 0, 1, 1, options.Checkpoint);
        return Applied(
            Distributions.TwoSidedNormal(z),
            new Statistic("r", z / Math.Sqrt(bytes.Length - 1)) { Ideal = 0 },
            new Statistic("z", z) { Ideal = 0 }
        );
    }
}
