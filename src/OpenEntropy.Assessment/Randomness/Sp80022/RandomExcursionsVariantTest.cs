using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>How often does the walk visit the states −9 … 9, all its cycles together? Both modes are the same.</summary>
internal sealed class RandomExcursionsVariantTest : RandomnessTest
{
    public override string Name => "Random excursions variant";

    public override string Source => "SP 800-22 Rev. 1a, 2.15";

    public override int MinimumBits => 1;

    public override int RecommendedBits(RandomnessOptions options) => 1_000_000;

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        // Step 1 to 4.
        var counts = ExcursionCounts.Of(bits, options.Checkpoint);
        if (counts.Cycles < ExcursionCounts.RequiredCycles)
            return NotApplicable($"It needs at least {ExcursionCounts.RequiredCycles} cycles from 0 to 0; there are {counts.Cycles:N0}.");
        var pValues = new List<PValue>();
        var statistics = new List<Statistic> { new("J", counts.Cycles) };
        for (var state = -ExcursionCounts.FarthestState; state <= ExcursionCounts.FarthestState; state++)
        {
            if (state == 0)
                continue;
            var visits = counts.Visits(state);
            statistics.Add(new Statistic($"visits of x = {state}", visits));
            // Step 5.
            var deviation = Math.Sqrt(2.0 * counts.Cycles * ((4.0 * Math.Abs(state)) - 2));
            var difference = Math.Abs((double)visits - counts.Cycles);
            pValues.Add(new PValue($"x = {state}", Distributions.ErrorFunctionComplement(difference / deviation)));
        }

        return Applied(pValues, statistics);
    }
}
