using System.Numerics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Does each byte differ from the one before in as many bits as it should? The differences of successive independent bytes are independent and
/// equally likely themselves, so that the numbers of different bits are binomial, of 8 trials of probability 1/2, exactly; Pearson's chi-square of
/// their nine values, 8 degrees of freedom, two-sided. Five of the rarest, of probability 1/256, are to be expected.
/// </summary>
internal sealed class BitAvalancheTest : RandomnessTest
{
    private static readonly double[] Probabilities = [.. new double[] { 1, 8, 28, 56, 70, 56, 28, 8, 1 }.Select(ways => ways / 256)];

    public override string Name => "Bit avalanche";

    public override string Source => "Feistel, Scientific American 228 (1973); Pearson's chi-square";

    public override int MinimumBits => 8 * 256;

    public override int RecommendedBits(RandomnessOptions options) => 5 * 8 * 256;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var bytes = SequenceValues.Bytes(bits, options.Checkpoint);
        var counts = new int[Probabilities.Length];
        var total = 0L;
        for (var i = 1; i < bytes.Length; i++)
        {
            var different = BitOperations.PopCount((uint)(bytes[i] ^ bytes[i - 1]));
            counts[different]++;
            total += different;
            if (i % SequenceValues.ValuesPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
        }

        var chiSquare = GoodnessOfFit.ChiSquared(counts, Probabilities);
        return Applied(
            Distributions.TwoSidedChiSquare(chiSquare, counts.Length - 1),
            new Statistic("different bits", total / (bytes.Length - 1.0)) { Unit = "bits per byte", Ideal = 4 },
            new Statistic("chi^2", chiSquare) { Ideal = counts.Length - 1 }
        );
    }
}
