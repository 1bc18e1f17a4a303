using System.Numerics;
using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>Too many or too few runs of m ones, overlapping ones included, in blocks of M bits.</summary>
/// <remarks>
/// <see cref="Sp80022Mode.Corrected"/> has the exact probabilities of K. Hamano and T. Kaneko, "Correction of overlapping template matching test
/// included in NIST randomness test suite", IEICE Transactions on Fundamentals E90-A, 2007, which the publication adopted, and for m ≠ 9 the block
/// length M = 2^(m+1) + m − 1 that makes λ = 2, as 2.8.7 asks. <see cref="Sp80022Mode.Sts212"/> has NIST's program's: M = 1032 for every m, and the
/// approximation by a compound Poisson distribution that it computes although the right constants stand in it.
/// </remarks>
internal sealed class OverlappingTemplateTest : RandomnessTest
{
    private const int Sts212BlockLength = 1032;

    /// <summary>2.8.7: the fewest expected in a class, exclusive.</summary>
    private const int LeastExpected = 5;

    /// <summary>Blocks between two checkpoints at least, in bits: a few milliseconds' work.</summary>
    private const int CheckpointInterval = 1 << 22;

    /// <inheritdoc/>
    public override string Name => "Overlapping template matching";

    /// <inheritdoc/>
    public override string Source => "SP 800-22 Rev. 1a, 2.8";

    /// <inheritdoc/>
    public override int MinimumBits => 1000;

    /// <inheritdoc/>
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
            var runs = RunsFrom(bits.Words, start + i, m);
            var windows = length - m + 1 - i;
            count += BitOperations.PopCount(windows < 64 ? runs & ((1UL << windows) - 1) : runs);
        }

        return count;
    }

    /// <inheritdoc/>
    private protected override RandomnessTestResult Evaluate(BitSequence bits, RandomnessOptions options)
    {
        var m = options.OverlappingTemplateLength;
        var isSts212 = options.Mode == Sp80022Mode.Sts212;
        var blockLength = isSts212 ? Sts212BlockLength : (2 << m) + m - 1;
        var probabilities = isSts212
            ? OverlappingTemplateProbabilities.Approximate(m, blockLength)
            : OverlappingTemplateProbabilities.Exact(m, blockLength);

        // Step 1.
        var blocks = bits.Length / blockLength;
        var needed = Math.Floor(LeastExpected / probabilities.Min()) + 1;
        if (blocks < needed)
        {
            return NotApplicable(
                $"With a template of {m} bits it needs at least {needed * blockLength:N0} bits, so that more than {LeastExpected} blocks are expected in every class; there are {bits.Length:N0}."
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
                .. observed.Select((count, i) => new Statistic($"v_{i}", count)),
                new Statistic("chi-squared", chiSquared),
            ]
        );
    }

    /// <summary>Bit i is set where m ones begin at bit start + i, for 64 places.</summary>
    private static ulong RunsFrom(ReadOnlySpan<ulong> words, int start, int m)
    {
        var low = WordAt(words, start);
        var high = WordAt(words, start + 64L);

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

    /// <summary>64 bits from any place on; zeros behind the end.</summary>
    private static ulong WordAt(ReadOnlySpan<ulong> words, long start)
    {
        var (word, shift) = ((int)(start / 64), (int)(start % 64));
        var low = word < words.Length ? words[word] >> shift : 0;
        return shift > 0 && word + 1 < words.Length ? low | (words[word + 1] << (64 - shift)) : low;
    }
}
