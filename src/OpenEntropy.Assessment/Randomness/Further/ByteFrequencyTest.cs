using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Do the 256 bytes occur equally often? Pearson's chi-square of 255 degrees of freedom, two-sided, since a counter's bytes are too even. Five of
/// each byte are to be expected (Knuth, The Art of Computer Programming 2, 3.3.1).
/// </summary>
internal sealed class ByteFrequencyTest : RandomnessTest
{
    private const int Cells = 256;

    public override string Name => "Byte frequency";

    public override string Source => "Knuth, TAOCP vol. 2, 3.3.2 A";

    public override int MinimumBits => 8 * Cells;

    public override int RecommendedBits(RandomnessOptions options) => 5 * 8 * Cells;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var counts = SequenceValues.ByteCounts(bits, options.Checkpoint);
        var probabilities = new double[Cells];
        Array.Fill(probabilities, 1.0 / Cells);
        var chiSquare = GoodnessOfFit.ChiSquared(counts, probabilities);
        return Applied(Distributions.TwoSidedChiSquare(chiSquare, Cells - 1), new Statistic("chi^2", chiSquare) { Ideal = Cells - 1 });
    }
}
