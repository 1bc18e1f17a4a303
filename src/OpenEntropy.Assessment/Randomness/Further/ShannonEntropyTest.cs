using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Is the Shannon entropy of the bytes that of independent, unbiased bits, which is a little below 8 for a finite sequence? By its likelihood
/// ratio, chi-square of 255 degrees of freedom, two-sided. It approaches chi-square slower than Pearson's; 20 of each byte are to be expected.
/// </summary>
internal sealed class ShannonEntropyTest : RandomnessTest
{
    private const int Cells = 256;

    public override string Name => "Shannon entropy";

    public override string Source => "Wilks, Annals of Mathematical Statistics 9 (1938)";

    public override int MinimumBits => 8 * Cells;

    public override int RecommendedBits(RandomnessOptions options) => 20 * 8 * Cells;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var entropy = EntropyOfCells.Of(SequenceValues.ByteCounts(bits, options.Checkpoint));
        return Applied(
            Distributions.TwoSidedChiSquare(entropy.LikelihoodRatio, Cells - 1),
            new Statistic("entropy", entropy.Bits) { Unit = "bits per byte", Ideal = 8 },
            new Statistic("G", entropy.LikelihoodRatio) { Ideal = Cells - 1 }
        );
    }
}
