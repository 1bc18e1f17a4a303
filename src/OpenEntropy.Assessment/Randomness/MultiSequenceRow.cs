using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Randomness;

/// <summary>One p-value over many sequences, SP 800-22 Rev. 1a, 4.2.</summary>
public sealed record MultiSequenceRow
{
    /// <summary>The fewest sequences that 4.2.2 judges uniformity of.</summary>
    public const int SequencesForUniformity = 55;

    private const int BinCount = 10;
    private const double UniformityLevel = 0.0001;

    /// <summary>The test.</summary>
    public required string Test { get; init; }

    /// <summary>Which of its p-values; empty where it has one.</summary>
    public required string PValueName { get; init; }

    /// <summary>s, the sequences that the test applies to; for the random excursions fewer than all.</summary>
    public required int Sequences { get; init; }

    /// <summary>How many of them have a p-value of α at least.</summary>
    public required int Passing { get; init; }

    /// <summary>The share that passes; null where there are no sequences.</summary>
    public double? Proportion => Sequences == 0 ? null : (double)Passing / Sequences;

    /// <summary>(1−α) − 3 √(α(1−α)/s); null where there are no sequences.</summary>
    public required double? LowerLimit { get; init; }

    /// <summary>(1−α) + 3 √(α(1−α)/s), above 1 for few sequences; null where there are none.</summary>
    public required double? UpperLimit { get; init; }

    /// <summary>
    /// Whether the proportion is within the limits, 4.2.1; null where there are no sequences. Where p-values are no uniform ones more than 1 − α of
    /// good sequences pass, and only the lower limit counts.
    /// </summary>
    public required bool? ProportionAccepted { get; init; }

    /// <summary>C1 … C10: how many p-values are in each tenth of 0 to 1.</summary>
    public required IReadOnlyList<int> Bins { get; init; }

    /// <summary>P_T = igamc(9/2, χ²/2); null for fewer sequences than <see cref="SequencesForUniformity"/> and for p-values that are not uniform.</summary>
    public required double? Uniformity { get; init; }

    /// <summary>Whether P_T is 0.0001 at least, 4.2.2; null where there is none.</summary>
    public bool? UniformityAccepted => Uniformity is { } value ? value >= UniformityLevel : null;

    /// <summary>Of p-values.</summary>
    /// <param name="test">The test.</param>
    /// <param name="pValueName">Which of its p-values.</param>
    /// <param name="kind">How they are distributed for good sequences.</param>
    /// <param name="pValues">One for each sequence that the test applies to.</param>
    /// <param name="alpha">α.</param>
    internal static MultiSequenceRow Of(string test, string pValueName, PValueKind kind, IReadOnlyList<double> pValues, double alpha)
    {
        var s = pValues.Count;
        var passing = pValues.Count(p => p >= alpha);
        var bins = BinsOf(pValues);
        var margin = 3 * Math.Sqrt(alpha * (1 - alpha) / s);
        var (lower, upper) = (1 - alpha - margin, 1 - alpha + margin);
        var share = (double)passing / s;
        return new MultiSequenceRow
        {
            Test = test,
            PValueName = pValueName,
            Sequences = s,
            Passing = passing,
            LowerLimit = s == 0 ? null : lower,
            UpperLimit = s == 0 ? null : upper,
            ProportionAccepted = s == 0 ? null : share >= lower && (share <= upper || kind != PValueKind.Uniform),
            Bins = bins,
            Uniformity = s >= SequencesForUniformity && kind == PValueKind.Uniform ? UniformityOf(bins) : null,
        };
    }

    /// <summary>igamc(9/2, χ²/2), χ² = Σ (F_i − s/10)² / (s/10).</summary>
    internal static double UniformityOf(IReadOnlyList<int> bins)
    {
        var expected = bins.Sum() / (double)BinCount;
        var chiSquare = bins.Sum(count => (count - expected) * (count - expected) / expected);
        return Distributions.UpperIncompleteGammaRatio((BinCount - 1) / 2.0, chiSquare / 2);
    }

    /// <summary>F_1 … F_10; a p-value of 1 is in the last.</summary>
    internal static int[] BinsOf(IReadOnlyList<double> pValues)
    {
        var bins = new int[BinCount];
        foreach (var p in pValues)
            bins[Math.Min((int)(p * BinCount), BinCount - 1)]++;
        return bins;
    }
}
