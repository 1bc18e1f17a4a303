using MathNet.Numerics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// How far does the walk of ones and zeros go, from its beginning and seen from its end? The publication's bounds of summation are those integers
/// that lie between (−n/z+1)/4 and (n/z−1)/4, as C's division by truncation gives them, and flooring does not. Its 1 − Σ + Σ cancels: NIST's
/// program has p-values below 10^−6 to fewer digits, and below 10^−16 as 0 or less. Corrected, the same sum is taken in the tails. Of fewer than
/// ten bits it may exceed 1; both modes keep to 0 … 1.
/// </summary>
internal sealed class CumulativeSumsTest : RandomnessTest
{
    private const int WordBits = 64;
    private const int WordsPerCheckpoint = 1 << 14;
    private const int TermsPerCheckpoint = 1 << 12;

    /// <summary>Beyond so many deviations the normal distribution is 0 or 1 to a double.</summary>
    private const double Farthest = 40;

    public override string Name => "Cumulative sums";

    public override string Source => "SP 800-22 Rev. 1a, 2.13";

    public override int MinimumBits => 1;

    public override int RecommendedBits(RandomnessOptions options) => 100;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        // Step 1 to 3.
        var (highest, lowest, end) = Extremes(bits, options.Checkpoint);
        var forward = Math.Max(highest, -lowest);
        var backward = Math.Max(highest - end, end - lowest);
        // Step 4.
        Func<long, int, Checkpoint?, double> probability = options.Mode == Sp80022Mode.Sts212 ? PrintedProbability : Probability;
        return Applied(
            [
                new("forward", probability(forward, bits.Length, options.Checkpoint)),
                new("backward", probability(backward, bits.Length, options.Checkpoint)),
            ],
            [new("z forward", forward), new("z backward", backward)]
        );
    }

    /// <summary>The highest and the lowest place of the walk, 0 among them, and its end.</summary>
    private static (long Highest, long Lowest, long End) Extremes(BitSequence bits, Checkpoint? checkpoint)
    {
        var (highest, lowest, place) = (0L, 0L, 0L);
        var words = bits.Words;
        var whole = bits.Length / WordBits;
        for (var i = 0; i < whole; i++)
        {
            var word = words[i];
            for (var shift = 0; shift < WordBits; shift += RandomWalk.Steps)
            {
                var steps = (byte)(word >> shift);
                highest = Math.Max(highest, place + RandomWalk.Highest[steps]);
                lowest = Math.Min(lowest, place + RandomWalk.Lowest[steps]);
                place += RandomWalk.End[steps];
            }

            if (i % WordsPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        for (var i = whole * WordBits; i < bits.Length; i++)
        {
            place += (2 * bits[i]) - 1;
            highest = Math.Max(highest, place);
            lowest = Math.Min(lowest, place);
        }

        return (highest, lowest, place);
    }

    /// <summary>
    /// The publication's sums, term by term in upper tails Q: 4 Q(z/√n) − 4 Q(3z/√n) + … + 4 Q((4k+1)z/√n) − 2 Q((4k+3)z/√n), where k is the upper
    /// bound ⌊(n/z−1)/4⌋.
    /// </summary>
    private static double Probability(long z, int n, Checkpoint? checkpoint)
    {
        var unit = z / Math.Sqrt(n);
        var last = ((n / z) - 1) / 4;
        var sum = 0.0;
        for (var k = 0L; k <= last && 4 * k * unit < Farthest; k++)
        {
            var factor = k == last ? 2 : 4;
            sum += (4 * Distributions.NormalCdf(-((4 * k) + 1) * unit)) - (factor * Distributions.NormalCdf(-((4 * k) + 3) * unit));
            if (k % TermsPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>1 − Σ + Σ as NIST's program adds it up.</summary>
    private static double PrintedProbability(long z, int n, Checkpoint? checkpoint)
    {
        var root = Math.Sqrt(n);
        var farthest = (long)(Farthest * root / z) + 1;
        var upper = Math.Min(((n / z) - 1) / 4, farthest);
        var first = 0.0;
        for (var k = Math.Max((-(n / z) + 1) / 4, -farthest); k <= upper; k++)
        {
            first += Printed(((4 * k) + 1) * z / root);
            first -= Printed(((4 * k) - 1) * z / root);
            if (k % TermsPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        var second = 0.0;
        for (var k = Math.Max((-(n / z) - 3) / 4, -farthest); k <= upper; k++)
        {
            second += Printed(((4 * k) + 3) * z / root);
            second -= Printed(((4 * k) + 1) * z / root);
            if (k % TermsPerCheckpoint == 0)
                checkpoint?.Invoke();
        }

        return Math.Clamp(1.0 - first + second, 0, 1);
    }

    /// <summary>Φ(x) to an absolute precision only.</summary>
    private static double Printed(double x) =>
        x > 0 ? 0.5 * (1 + SpecialFunctions.Erf(x / Math.Sqrt(2))) : 0.5 * (1 - SpecialFunctions.Erf(-x / Math.Sqrt(2)));
}
