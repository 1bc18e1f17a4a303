using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Are 32-bit values uniform: how far is their distribution function from the straight line? By Kolmogorov's D, two-sided, since a D too small
/// is that of values too even (Knuth, The Art of Computer Programming 2, 3.3.1 B).
/// </summary>
internal sealed class KolmogorovSmirnovTest : RandomnessTest
{
    public override string Name => "Kolmogorov-Smirnov";

    public override string Source => "Knuth, TAOCP vol. 2, 3.3.1 B; Vrbik, Pioneer Journal of Theoretical and Applied Statistics 15 (2018)";

    public override int MinimumBits => 20 * SortedUniforms.Width;

    public override int RecommendedBits(RandomnessOptions options) => 100 * SortedUniforms.Width;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var values = SortedUniforms.Of(bits, options.Checkpoint);
        double n = values.Length;
        var distance = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = SortedUniforms.Unit(values[i]);
            distance = Math.Max(distance, Math.Max(((i + 1) / n) - value, value - (i / n)));
            if (i % SequenceValues.ValuesPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        var (upper, lower) = KolmogorovDistribution.Tails(distance, values.Length);
        return Applied(2 * Math.Min(upper, lower), new Statistic("D", distance) { Ideal = 0 }, new Statistic("N", n));
    }
}
