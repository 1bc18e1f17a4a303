namespace OpenEntropy.Assessment.NonIid;

/// <summary>What the estimators of SP 800-90B, 6.3 say of a set of samples, and the least of it.</summary>
public sealed record NonIidAssessment
{
    /// <summary>L that SP 800-90B, 3.1.1 asks for. Below it a figure is computed as NIST's tool does, with a warning.</summary>
    public const int RecommendedSamples = 1_000_000;

    /// <summary>The fewest samples that are assessed.</summary>
    public const int MinimumSamples = 1_000;

    /// <summary>What the samples were taken for.</summary>
    public required NonIidMode Mode { get; init; }

    /// <summary>L, the number of samples.</summary>
    public required int Samples { get; init; }

    /// <summary>k, the number of distinct samples.</summary>
    public required int AlphabetSize { get; init; }

    /// <summary>w, the width of a sample, bits.</summary>
    public required int SymbolBits { get; init; }

    /// <summary>The bits of the bit string that were looked at; 0 where it was left out, or the samples are bits themselves.</summary>
    public required int Bits { get; init; }

    /// <summary>The estimates of the symbols; none in <see cref="NonIidMode.Conditioned"/>.</summary>
    public required IReadOnlyList<EntropyEstimate> Literal { get; init; }

    /// <summary>The estimates of the bit string; none where it was left out, nor of binary samples in <see cref="NonIidMode.Initial"/>.</summary>
    public required IReadOnlyList<EntropyEstimate> Bitstring { get; init; }

    /// <summary>The estimators that had too few symbols to say anything.</summary>
    public IReadOnlyList<string> LiteralLeftOut { get; init; } = [];

    /// <summary>The estimators that had too few bits to say anything.</summary>
    public IReadOnlyList<string> BitstringLeftOut { get; init; } = [];

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
    /// <exception cref="AssessmentInputException">There are fewer samples than <see cref="MinimumSamples"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options' parallelism is out of its range.</exception>
    /// <exception cref="ArgumentException">The options leave nothing to look at.</exception>
    /// <exception cref="OperationCanceledException">The options' checkpoint ended it.</exception>
    public static NonIidAssessment Run(SampleSet samples, NonIidOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Run([samples], options ?? new NonIidOptions())[0];
    }

    /// <summary>Runs the ten estimators over several sets of samples side by side.</summary>
    internal static IReadOnlyList<NonIidAssessment> Run(IReadOnlyList<SampleSet> sets, NonIidOptions options)
    {
        if (options.Parallelism is < 1 or > NonIidOptions.MaximumParallelism)
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.Parallelism,
                $"{nameof(NonIidOptions.Parallelism)} is 1 to {NonIidOptions.MaximumParallelism}."
            );
        if (options is { Mode: NonIidMode.Conditioned, LeaveOutBitString: true })
            throw new ArgumentException(
                "Of conditioned output the bit string is all that is looked at: it cannot be left out.",
                nameof(options)
            );
        if (sets.FirstOrDefault(samples => samples.Length < MinimumSamples) is { Length: var length })
            throw new AssessmentInputException(
                $"There are {length:N0} samples: an assessment needs at least {MinimumSamples:N0}, and {RecommendedSamples:N0} to be of use."
            );
        return EstimatorRun.Of(sets, options);
    }

    private static double Least(IReadOnlyList<EntropyEstimate> estimates, double most) =>
        estimates.Select(estimate => estimate.MinEntropy).Append(most).Min();
}
