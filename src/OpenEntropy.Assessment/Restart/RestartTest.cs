using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Restart;

/// <summary>
/// SP 800-90B, 3.1.4: does a noise source start anew unpredictably, or does it repeat itself over its restarts? A symbol must not be more common in
/// any row or column than H_I allows, and neither dataset may have less than half of H_I.
/// </summary>
public static class RestartTest
{
    /// <summary>Runs the test.</summary>
    /// <param name="data">1,000 samples from each of 1,000 restarts.</param>
    /// <param name="initialEntropy">H_I, bits per sample: from 0 to the width of a sample, and not more than its alphabet can hold.</param>
    /// <param name="options">How to go about it.</param>
    /// <exception cref="AssessmentInputException">H_I is out of its range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There are fewer rounds than <see cref="RestartOptions.FewestSimulationRounds"/>, or the parallelism is not 1 to
    /// <see cref="NonIidOptions.MaximumParallelism"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The options' checkpoint ended it.</exception>
    public static RestartTestResult Run(RestartData data, double initialEntropy, RestartOptions? options = null) =>
        Run(data, initialEntropy, options ?? new RestartOptions(), NonIidAssessment.Run);

    /// <summary>Runs the test with other estimators.</summary>
    internal static RestartTestResult Run(
        RestartData data,
        double initialEntropy,
        RestartOptions options,
        Func<IReadOnlyList<SampleSet>, NonIidOptions, IReadOnlyList<NonIidAssessment>> assess
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SimulationRounds, RestartOptions.FewestSimulationRounds, nameof(options));
        var result = CheckSanity(data, initialEntropy, options);
        if (!result.IsSane)
            return result;

        // The validation (3.1.4.2), of the symbols alone, as NIST's tool does it.
        var estimation = new NonIidOptions
        {
            LeaveOutBitString = true,
            Parallelism = options.Parallelism,
            Checkpoint = options.Checkpoint,
        };
        var assessments = assess([data.Rows, data.Columns], estimation);
        return result with { Rows = assessments[0], Columns = assessments[1] };
    }

    /// <summary>The sanity check (3.1.4.3).</summary>
    private static RestartTestResult CheckSanity(RestartData data, double initialEntropy, RestartOptions options)
    {
        // α so that all 2,000 rows and columns pass with probability 0.99.
        var alpha = 1.0 - Math.Exp(Math.Log(0.99) / (2 * RestartData.Size));
        var distribution = MaximumCountDistribution.Of(WorstCase(data.Rows, initialEntropy), RestartData.Size, options.Checkpoint);
        return new RestartTestResult
        {
            InitialEntropy = initialEntropy,
            Alpha = alpha,
            Seed = options.Seed,
            SimulationRounds = options.SimulationRounds,
            Cutoff = CutoffSimulation.Run(distribution, alpha, options.SimulationRounds, options.Seed, options.Checkpoint),
            ExactCutoff = distribution.Quantile(alpha),
            RowMaximum = RestartData.MaximumCount(data.Rows),
            ColumnMaximum = RestartData.MaximumCount(data.Columns),
            Rows = null,
            Columns = null,
        };
    }

    private static WorstCaseSource WorstCase(SampleSet samples, double initialEntropy)
    {
        if (!(initialEntropy >= 0 && initialEntropy <= samples.SymbolBits))
            throw new AssessmentInputException(
                $"H_I is {initialEntropy}: the initial entropy of {samples.SymbolBits}-bit samples is 0 to {samples.SymbolBits} bits per sample."
            );
        var source = new WorstCaseSource(initialEntropy);
        if (source.Symbols > samples.AlphabetSize)
            throw new AssessmentInputException(
                $"H_I is {initialEntropy} bits per sample: that takes {source.Symbols} distinct samples at least, and there are {samples.AlphabetSize}."
            );
        return source;
    }
}
