using System.Globalization;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// Too many or too few occurrences of each aperiodic template in N = 8 blocks. Since such a template cannot overlap itself, the search that jumps
/// behind a hit finds all its occurrences, and one histogram of the windows of a block counts them for all templates at once.
/// </summary>
/// <remarks>
/// The modes differ from m = 10 on only: NIST's program reports at most 148 templates, of T it takes every ⌊T/148⌋-th until it has them; the
/// corrected mode reports all. The publication sets no shortest sequence; the corrected mode wants 5 expected occurrences in a block, the usual
/// condition of chi-square.
/// </remarks>
internal sealed class NonOverlappingTemplateTest : RandomnessTest
{
    /// <summary>N.</summary>
    private const int Blocks = 8;

    /// <summary>The most templates that NIST's program reports.</summary>
    private const int Sts212Templates = 148;

    private const int LeastExpected = 5;

    /// <summary>Bits between two checkpoints, about a millisecond's work.</summary>
    private const int CheckpointInterval = 1 << 20;

    private const int TemplatesPerCheckpoint = 1 << 10;

    public override string Name => "Non-overlapping template matching";

    public override string Source => "SP 800-22 Rev. 1a, 2.7";

    public override int MinimumBits => 2 * Blocks;

    public override int RecommendedBits(RandomnessOptions options)
    {
        var m = options.NonOverlappingTemplateLength;
        return Blocks * ((LeastExpected << m) + m - 1);
    }

    /// <summary>How often every window of m bits occurs in a part of a sequence.</summary>
    /// <param name="bits">The sequence.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="length">How many bits it has.</param>
    /// <param name="m">1 to 30 bits.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <param name="counts">Receives the counts at the windows' values, their first bit the most significant; 2^m places, zeros.</param>
    internal static void CountWindows(BitSequence bits, int start, int length, int m, Checkpoint? checkpoint, Span<int> counts)
    {
        var mask = (1 << m) - 1;
        var window = 0;
        for (var i = 0; i < length; i++)
        {
            var at = start + i;
            window = ((window << 1) | (int)((bits.Words[at >> 6] >> at) & 1)) & mask;
            if (i >= m - 1)
                counts[window]++;
            if (i % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }
    }

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var m = options.NonOverlappingTemplateLength;
        var required = options.Mode == Sp80022Mode.Sts212 ? Blocks * m : RecommendedBits(options);
        if (bits.Length < required)
            return NotApplicable($"With templates of {m} bits it needs at least {required:N0} bits; there are {bits.Length:N0}.");

        // Step 1.
        var blockLength = bits.Length / Blocks;

        // Step 2.
        var windows = new int[Blocks][];
        for (var block = 0; block < Blocks; block++)
        {
            windows[block] = new int[1 << m];
            CountWindows(bits, block * blockLength, blockLength, m, options.Checkpoint, windows[block]);
        }

        // Step 3.
        var mean = Math.ScaleB(blockLength - m + 1, -m);
        var variance = blockLength * (Math.ScaleB(1, -m) - Math.ScaleB((2 * m) - 1, -2 * m));

        // Steps 4 and 5.
        var statistics = new List<Statistic> { new("M", blockLength), new("mu", mean), new("sigma-squared", variance) };
        var pValues = new List<PValue>();
        foreach (var template in Templates(m, options.Mode))
        {
            var name = template.ToString("B" + m.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            var chiSquared = windows.Sum(counts => (counts[template] - mean) * (counts[template] - mean) / variance);
            statistics.Add(new Statistic("Chi^2 of " + name, chiSquared));
            if (pValues.Count % TemplatesPerCheckpoint == 0)
                options.Checkpoint?.Invoke();
            pValues.Add(new PValue(name, Distributions.UpperIncompleteGammaRatio(Blocks / 2.0, chiSquared / 2)));
        }

        return Applied(pValues, statistics);
    }

    private static IEnumerable<int> Templates(int m, Sp80022Mode mode)
    {
        var all = AperiodicTemplates.OfLength(m);
        if (mode != Sp80022Mode.Sts212 || all.Count <= Sts212Templates)
            return all;
        var step = all.Count / Sts212Templates;
        return all.Where((_, index) => index % step == 0).Take(Sts212Templates);
    }
}
