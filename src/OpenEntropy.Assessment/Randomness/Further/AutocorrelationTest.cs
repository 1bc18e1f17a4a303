using System.Numerics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Further;

/// <summary>
/// Does a bit tell something of one of the 400 bits, or 50 bytes, after it? How many bits equal the one k places later is binomial exactly, of
/// n − k trials of probability 1/2, so that z_k = (equal − unequal)/√(n − k) is standard normal for long sequences; for different k they are
/// uncorrelated. Two p-values: of Σ z_k², chi-square of 400 degrees of freedom (Box and Pierce), for many weak correlations, and of the largest
/// |z_k|, 1 − (1 − p)^400 (Šidák), for a single strong one.
/// </summary>
internal sealed class AutocorrelationTest : RandomnessTest
{
    private const int Lags = 400;

    public override string Name => "Autocorrelation";

    public override string Source => "Box and Pierce, Journal of the American Statistical Association 65 (1970)";

    public override int MinimumBits => 1000;

    public override int RecommendedBits(RandomnessOptions options) => 100_000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var (sum, largest, lagOfLargest) = (0.0, 0.0, 1);
        for (var lag = 1; lag <= Lags; lag++)
        {
            var pairs = bits.Length - lag;
            var z = (pairs - (2.0 * Unequal(bits, lag, options.Checkpoint))) / Math.Sqrt(pairs);
            sum += z * z;
            if (Math.Abs(z) > Math.Abs(largest))
                (largest, lagOfLargest) = (z, lag);
            options.Checkpoint?.Invoke();
        }

        return Applied(
            [
                new PValue("sum", Distributions.UpperIncompleteGammaRatio(Lags / 2.0, sum / 2)),
                new PValue("largest", SmallestOf.PValue(Distributions.TwoSidedNormal(largest), Lags)),
            ],
            new Statistic("sum of z^2", sum) { Ideal = Lags },
            new Statistic("largest z", largest),
            new Statistic("its lag", lagOfLargest) { Unit = "bits" }
        );
    }

    /// <summary>How many bits differ from the one some places later.</summary>
    internal static int Unequal(BitSequence bits, int lag, Checkpoint? checkpoint)
    {
        const int WordsPerCheckpoint = 1 << 18;
        var words = bits.Words;
        var (skip, shift) = Math.DivRem(lag, 64);
        var pairs = bits.Length - lag;
        var whole = pairs / 64;
        var unequal = 0;
        for (var i = 0; i < whole; i++)
        {
            // The pairs of a whole word end at bit 64 i + 63 + lag, so that the next word is there if shift > 0.
            var later = shift == 0 ? words[i + skip] : (words[i + skip] >> shift) | (words[i + skip + 1] << (64 - shift));
            unequal += BitOperations.PopCount(words[i] ^ later);
            if (i % WordsPerCheckpoint == WordsPerCheckpoint - 1)
                checkpoint?.Invoke();
        }

        var rest = pairs % 64;
        return rest == 0
            ? unequal
            : unequal + BitOperations.PopCount((words[whole] ^ bits.WordAt((64L * whole) + lag)) & ((1UL << rest) - 1));
    }
}
