using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Are 32-bit values uniform, above all near 0 and 1? By Anderson and Darling's A² = −N − Σ (2i − 1)(ln u_i + ln(1 − u_(N+1−i)))/N, two-sided,
/// since an A² too small is that of values too even.
/// </summary>
internal sealed class AndersonDarlingTest : RandomnessTest
{
    public override string Name => "Anderson-Darling";

    public override string Source => "Anderson and Darling, Journal of the American Statistical Association 49 (1954)";

    public override int MinimumBits => 20 * SortedUniforms.Width;

    public override int RecommendedBits(RandomnessOptions options) => 100 * SortedUniforms.Width;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var values = SortedUniforms.Of(bits, options.Checkpoint);
        double n = values.Length;
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            // 1 − u is taken from the complement, or it would lose the digits of a value near 1.
            var below = SortedUniforms.Unit(values[i]);
            var above = SortedUniforms.Unit(uint.MaxValue - values[^(i + 1)]);
            sum += ((2.0 * i) + 1) * Math.Log(below * above);
            if (i % SequenceValues.ValuesPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        var statistic = -n - (sum / n);
        var upper = AndersonDarlingDistribution.UpperTail(statistic);
        return Applied(2 * Math.Min(upper, 1 - upper), new Statistic("A^2", statistic) { Ideal = 1 }, new Statistic("N", n));
    }
}
