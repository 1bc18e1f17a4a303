using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// How often does each cycle of the walk, from 0 to 0, visit the states −4 … 4? NIST's program has the probabilities to ten digits, one of them
/// mistyped, and gives up where there are more than max(1000, n/100) returns to 0 (a limit of its memory, not of the test); corrected, the
/// probabilities are computed and there is no such limit.
/// </summary>
internal sealed class RandomExcursionsTest : RandomnessTest
{
    /// <summary>π_k(x) of NIST's program, a row each for |x| = 1 … 4.</summary>
    private static readonly double[][] Printed =
    [
        [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.03125],
        [0.75, 0.0625, 0.046875, 0.03515625, 0.0263671875, 0.0791015625],
        [0.8333333333, 0.02777777778, 0.02314814815, 0.01929012346, 0.01607510288, 0.0803755143],
        [0.875, 0.015625, 0.013671875, 0.01196289063, 0.0104675293, 0.0732727051],
    ];

    public override string Name => "Random excursions";

    public override string Source => "SP 800-22 Rev. 1a, 2.14";

    public override int MinimumBits => 1;

    public override int RecommendedBits(RandomnessOptions options) => 1_000_000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        // Step 1 to 5.
        var counts = ExcursionCounts.Of(bits, options.Checkpoint);
        var isSts = options.Mode == Sp80022Mode.Sts212;
        var limit = Math.Max(1000, bits.Length / 100);
        if (isSts && counts.Returns > limit)
            return NotApplicable($"NIST's program takes at most {limit:N0} returns to 0; there are {counts.Returns:N0}.");
        if (counts.Cycles < ExcursionCounts.RequiredCycles)
            return NotApplicable($"It needs at least {ExcursionCounts.RequiredCycles} cycles from 0 to 0; there are {counts.Cycles:N0}.");
        var pValues = new List<PValue>();
        var statistics = new List<Statistic> { new("J", counts.Cycles) };
        for (var state = -ExcursionCounts.FarthestStateOfCycle; state <= ExcursionCounts.FarthestStateOfCycle; state++)
        {
            if (state == 0)
                continue;
            // Step 6.
            var probabilities = isSts ? Printed[Math.Abs(state) - 1] : Exact(Math.Abs(state));
            var chiSquare = ChiSquare(counts, state, probabilities);
            statistics.Add(new Statistic($"Chi^2 of x = {state}", chiSquare));
            // Step 7.
            pValues.Add(new PValue($"x = {state}", Distributions.UpperIncompleteGammaRatio(2.5, chiSquare / 2.0)));
        }

        return Applied(pValues, statistics);
    }

    /// <summary>π_k(x), 3.14: how likely a cycle visits a state k times, 0 to 4, or 5 times and more.</summary>
    internal static double[] Exact(int state)
    {
        var notAgain = 1 / (2.0 * state);
        var probabilities = new double[ExcursionCounts.Classes];
        probabilities[0] = 1 - notAgain;
        for (var visits = 1; visits < ExcursionCounts.Classes; visits++)
            probabilities[visits] = notAgain * notAgain * Math.Pow(1 - notAgain, visits - 1);
        probabilities[^1] /= notAgain;
        return probabilities;
    }

    private static double ChiSquare(ExcursionCounts counts, int state, double[] probabilities)
    {
        var sum = 0.0;
        for (var visits = 0; visits < probabilities.Length; visits++)
        {
            var expected = counts.Cycles * probabilities[visits];
            var difference = counts.CyclesWith(visits, state) - expected;
            sum += difference * difference / expected;
        }

        return sum;
    }
}
