using System.Numerics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>Too many or too few runs of m ones, overlapping ones included, in blocks of M bits.</summary>
/// <remarks>
/// <see cref="Sp80022Mode.Corrected"/> has the publication's probabilities for m = 9 and exact ones for other m, with the block length
/// M = 2^(m+1) + m − 1 that makes λ = 2, as 2.8.7 asks. <see cref="Sp80022Mode.Sts212"/> has those of NIST's program: M = 1032 for every m, and an
/// approximation by a compound Poisson distribution, which it computes although the right constants stand in it.
/// </remarks>
internal sealed class OverlappingTemplateTest : RandomnessTest
{
    private const int Sts212BlockLength = 1032;

    /// <summary>The m of the publication's probabilities.</summary>
    private const int PublishedLength = 9;

    /// <summary>The least m, 2, has blocks of 9 bits, of which 74 satisfy <see cref="LeastExpected"/>.</summary>
    private const int LeastBits = 74 * 9;

    /// <summary>2.8.7: the fewest expected in a class, exclusive.</summary>
    private const int LeastExpected = 5;

    /// <summary>Blocks between two checkpoints at least, in bits: a few milliseconds' work.</summary>
    private const int CheckpointInterval = 1 << 22;

    public override string Name => "Overlapping template matching";

    public override string Source => "SP 800-22 Rev. 1a, 2.8";

    public override int MinimumBits => LeastBits;

    public override int RecommendedBits(RandomnessOptions options) => 1_000_000;

    /// <summary>How many windows of m bits within a part of a sequence are all ones.</summary>
    /// <param name="bits">The sequence.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="length">How many bits it has, m at least.</param>
    /// <param name="m">1 to 64 bits.</param>
    internal static int CountRuns(BitSequence bits, int start, int length, int m)
    {
        var count = 0;
        for (var i = 0; i <= length - m; i += 64)
        {
            var runs = RunsFrom(bits, start + i, m);
            var windows = length - m + 1 - i;
            count += BitOperations.PopCount(windows < 64 ? runs & ((1UL << windows) - 1) : runs);
        }

        return count;
    }

    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var m = options.OverlappingTemplateLength;
        var blockLength = options.Mode == Sp80022Mode.Sts212 ? Sts212BlockLength : (2 << m) + m - 1;
        var probabilities = Probabilities(m, blockLength, options);

        // Step 1.
        var blocks = bits.Length / blockLength;
        if (blocks * probabilities.Min() <= LeastExpected)
        {
            var needed = Math.Floor(LeastExpected / probabilities.Min()) + 1;
            return NotApplicable(
                $"With a template of {m} bits it needs at least {needed:G6} blocks of {blockLength:N0} bits, so that more than {LeastExpected} are expected in every class; there are {blocks:N0}."
            );
        }

        // Step 2.
        var observed = new int[OverlappingTemplateProbabilities.Classes];
        for (var block = 0; block < blocks; block++)
        {
            var runs = CountRuns(bits, block * blockLength, blockLength, m);
            observed[Math.Min(runs, observed.Length - 1)]++;
            if (block * (long)blockLength % CheckpointInterval < blockLength)
                options.Checkpoint?.Invoke();
        }

        // Steps 3 to 5.
        var chiSquared = GoodnessOfFit.ChiSquared(observed, probabilities);
        return Applied(
            Distributions.UpperIncompleteGammaRatio((observed.Length - 1) / 2.0, chiSquared / 2),
            [
                new Statistic("M", blockLength),
                new Statistic("N", blocks),
                .. observed.Select((count, i) => new Statistic($"v{i}", count)),
                new Statistic("Chi^2", chiSquared),
            ]
        );
    }

    private static double[] Probabilities(int m, int blockLength, RandomnessOptions options) =>
        (options.Mode, m) switch
        {
            (Sp80022Mode.Sts212, _) => OverlappingTemplateProbabilities.Approximate(m, blockLength),
            (_, PublishedLength) => OverlappingTemplateProbabilities.Published,
            _ => OverlappingTemplateProbabilities.Exact(m, blockLength, options.Checkpoint),
        };

    /// <summary>Bit i is set where m ones begin at bit start + i, for 64 places.</summary>
    private static ulong RunsFrom(BitSequence bits, int start, int m)
    {
        var low = bits.WordAt(start);
        var high = start + 64L < bits.Length ? bits.WordAt(start + 64L) : 0;

        // From runs of r ones to runs of r + s ones, s = min(r, m − r).
        for (var run = 1; run < m; )
        {
            var shift = Math.Min(run, m - run);
            low &= (low >> shift) | (high << (64 - shift));
            high &= high >> shift;
            run += shift;
        }

        return low;
    }
}
