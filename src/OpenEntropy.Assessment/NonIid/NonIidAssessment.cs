namespace OpenEntropy.Assessment.NonIid;

/// <summary>What the estimators of SP 800-90B, 6.3 say of a set of samples, and the least of it.</summary>
public sealed record NonIidAssessment
{
    /// <summary>What the samples were taken for.</summary>
    public required NonIidMode Mode { get; init; }

    /// <summary>L, the number of samples.</summary>
    public required int Samples { get; init; }

    /// <summary>k, the number of distinct samples.</summary>
    public required int AlphabetSize { get; init; }

    /// <summary>w, the width of a sample, bits.</summary>
    public required int SymbolBits { get; init; }

    /// <summary>The bits of the bit string that were looked at; 0 where the samples are bits themselves.</summary>
    public required int Bits { get; init; }

    /// <summary>The estimates of the symbols; none in <see cref="NonIidMode.Conditioned"/>.</summary>
    public required IReadOnlyList<EntropyEstimate> Literal { get; init; }

    /// <summary>The estimates of the bit string; none of binary samples in <see cref="NonIidMode.Initial"/>.</summary>
    public required IReadOnlyList<EntropyEstimate> Bitstring { get; init; }

    /// <summary>H_original: the least estimate of the symbols, at most w, bits per sample; null where they were not looked at.</summary>
    public double? HOriginal => Mode == NonIidMode.Initial ? Least(Literal, SymbolBits) : null;

    /// <summary>H_bitstring: the least estimate of the bit string, at most 1, bits per bit; null where it was not looked at.</summary>
    public double? HBitstring => Bits > 0 ? Least(Bitstring, 1) : null;

    /// <summary>The assessment: min(H_original, w H_bitstring) in bits per sample, or h' in bits per bit of conditioned output.</summary>
    public double MinEntropy =>
        Mode == NonIidMode.Conditioned
            ? HBitstring!.Value
            : Math.Min(HOriginal!.Value, HBitstring is { } bitstring ? bitstring * SymbolBits : SymbolBits);

    /// <summary>Runs the ten estimators.</summary>
    /// <param name="samples">The samples, raw; 1,000,000 of them or more by SP 800-90B, 3.1.1.</param>
    /// <param name="options">How to go about it.</param>
    /// <exception cref="AssessmentInputException">There are too few samples for any estimator.</exception>
    public static NonIidAssessment Run(SampleSet samples, NonIidOptions? options = null) => throw new NotSupportedException();

    private static double Least(IReadOnlyList<EntropyEstimate> estimates, double most) =>
        estimates.Select(estimate => estimate.MinEntropy).Append(most).Min();
}
