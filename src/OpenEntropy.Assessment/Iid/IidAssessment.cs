using System.Numerics;
using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Iid;

/// <summary>
/// The deterministic tests of SP 800-90B, 5.2 of the hypothesis that samples are independent and identically distributed (IID). They can reject the
/// hypothesis; they cannot grant it. The permutation tests of 5.1 are left out: no noise source here claims to be IID, and their compression
/// statistic is defined by the exact lengths that libbzip2 gives. So nothing here is an entropy assessment: an IID entropy is never given, and
/// samples are to be assessed by the non-IID estimators of 6.3.
/// </summary>
public sealed record IidAssessment
{
    /// <summary>What this result does not say, in words to be shown beside it.</summary>
    public const string Reservation =
        "The permutation tests of SP 800-90B, 5.1 are not part of this: passing the tests of 5.2 does not show that samples are IID, "
        + "and the most common value figure is not an assessed entropy.";

    private const int SamplesPerCheckpoint = 1 << 22;

    /// <summary>L, the number of samples.</summary>
    public required int Samples { get; init; }

    /// <summary>k, the number of distinct samples.</summary>
    public required int AlphabetSize { get; init; }

    /// <summary>w, the width of a sample, bits.</summary>
    public required int SymbolBits { get; init; }

    /// <summary>5.2.1, or 5.2.3 of bits.</summary>
    public required ChiSquareResult Independence { get; init; }

    /// <summary>5.2.2, or 5.2.4 of bits.</summary>
    public required ChiSquareResult GoodnessOfFit { get; init; }

    /// <summary>5.2.5; null where no sample occurs twice, so that there is nothing to test.</summary>
    public required LongestRepeatedSubstringTest? LongestRepeatedSubstring { get; init; }

    /// <summary>6.3.1 of the symbols: the min-entropy of the most common one, were they IID.</summary>
    public required MostCommonValueEstimate Literal { get; init; }

    /// <summary>6.3.1 of the bit string; null where the symbols are bits themselves.</summary>
    public required MostCommonValueEstimate? Bitstring { get; init; }

    /// <summary>True where a test rejects the hypothesis: the samples are not IID. False says only that none did.</summary>
    public bool IsRejected => Independence.IsRejected || GoodnessOfFit.IsRejected || LongestRepeatedSubstring is { IsRejected: true };

    /// <summary>Runs the tests.</summary>
    /// <param name="samples">The samples, raw; 1,000,000 of them or more by SP 800-90B, 3.1.1.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <exception cref="AssessmentInputException">There are fewer than ten samples.</exception>
    /// <exception cref="OperationCanceledException">The checkpoint ended it.</exception>
    public static IidAssessment Run(SampleSet samples, Checkpoint? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new IidAssessment
        {
            Samples = samples.Length,
            AlphabetSize = samples.AlphabetSize,
            SymbolBits = samples.SymbolBits,
            Independence = ChiSquareIndependence.Run(samples, checkpoint),
            GoodnessOfFit = ChiSquareGoodnessOfFit.Run(samples, checkpoint),
            LongestRepeatedSubstring = samples.AlphabetSize < samples.Length ? LongestRepeatedSubstringTest.Run(samples, checkpoint) : null,
            Literal = MostCommonValueEstimate.Of(samples.Symbols, checkpoint)!,
            Bitstring = samples.IsBinary ? null : OfBitString(samples, checkpoint),
        };
    }

    private static MostCommonValueEstimate OfBitString(SampleSet samples, Checkpoint? checkpoint)
    {
        var ones = 0L;
        for (var start = 0; start < samples.Length; start += SamplesPerCheckpoint)
        {
            checkpoint?.Invoke();
            foreach (var sample in samples.Samples[start..Math.Min(samples.Length, start + SamplesPerCheckpoint)])
                ones += BitOperations.PopCount(sample);
        }

        return MostCommonValueEstimate.OfMode(Math.Max(ones, samples.BitLength - ones), samples.BitLength);
    }
}
