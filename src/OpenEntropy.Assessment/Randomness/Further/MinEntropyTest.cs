using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Is the most frequent byte, whose share makes the min-entropy, more frequent than the most frequent of 256 equally likely ones should be? By
/// the distribution of the largest count; one-sided, since a largest count too small is what the byte frequency test looks for. The entropy is
/// −log2 of the observed share, without the confidence bound that an estimate of SP 800-90B has.
/// </summary>
internal sealed class MinEntropyTest : RandomnessTest
{
    private const int Cells = 256;

    public override string Name => "Min-entropy";

    public override string Source => "Levin, Annals of Statistics 9 (1981)";

    public override PValueKind Kind => PValueKind.Discrete;

    public override int MinimumBits => 8 * Cells;

    public override int RecommendedBits(RandomnessOptions options) => 5 * 8 * Cells;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var values = bits.Length / 8;
        var largest = SequenceValues.ByteCounts(bits, options.Checkpoint).Max();
        var p = MultinomialMaximum.UpperTail(largest, values, Cells);
        var above = MultinomialMaximum.UpperTail(largest + 1, values, Cells);
        return Applied(
            [new PValue("", p) { PointProbability = Math.Max(0, p - above) }],
            new Statistic("min-entropy", Math.Log2((double)values / largest)) { Unit = "bits per byte", Ideal = 8 },
            new Statistic("largest count", largest)
        );
    }
}
