namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// SP 800-90B, 6.3.7 to 6.3.10, their last steps: how often a predictor was right, over all and in its longest run, and how probable its being right
/// must be for that.
/// </summary>
/// <param name="Estimator">The predictor's name.</param>
/// <param name="Clause">The clause it stands in.</param>
/// <param name="MinEntropy">Estimated min-entropy of a symbol, bits.</param>
/// <param name="Correct">C, the predictions that came true.</param>
/// <param name="RunBound">r, one more than the longest run of predictions that came true.</param>
/// <param name="Predictions">N, the predictions that were made or could have been.</param>
/// <param name="PGlobal">P_global, the proportion that came true.</param>
/// <param name="PGlobalUpper">P'_global, the upper bound of its 99 % confidence interval.</param>
/// <param name="PLocal">
/// P_local, the probability of being right that makes a run of r as unlikely as 1 %; null where it is below P'_global or 1/k, and so changes nothing.
/// </param>
public sealed record PredictionEstimate(
    string Estimator,
    string Clause,
    double MinEntropy,
    long Correct,
    long RunBound,
    long Predictions,
    double PGlobal,
    double PGlobalUpper,
    double? PLocal
) : EntropyEstimate(MinEntropy)
{
    /// <inheritdoc/>
    public override string Estimator { get; } = Estimator;

    /// <inheritdoc/>
    public override string Clause { get; } = Clause;

    /// <summary>Estimates from what a predictor counted.</summary>
    /// <param name="estimator">The predictor's name.</param>
    /// <param name="clause">The clause it stands in.</param>
    /// <param name="counts">What it counted: 0 &lt;= C &lt;= N, 1 &lt;= r &lt;= C + 1, N at least 1.</param>
    /// <param name="alphabetSize">k, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The counts do not fit together.</exception>
    internal static PredictionEstimate Of(string estimator, string clause, PredictionCounts counts, int alphabetSize)
    {
        var (correct, runBound, predictions) = counts;
        if (predictions < 1 || correct < 0 || correct > predictions || runBound < 1 || runBound > correct + 1)
            throw new ArgumentOutOfRangeException(
                nameof(counts),
                counts,
                "The longest run is part of what came true, and that of the predictions."
            );
        ArgumentOutOfRangeException.ThrowIfLessThan(alphabetSize, 2);

        var global = correct / (double)predictions;
        var upper = UpperBound(global, correct, predictions);
        var greatest = Math.Max(1.0 / alphabetSize, upper);
        var local = LongestRun.Probability(runBound, predictions, greatest);
        return new PredictionEstimate(
            estimator,
            clause,
            MinEntropyOf.Probability(local ?? greatest),
            correct,
            runBound,
            predictions,
            global,
            upper,
            local
        );
    }

    private static double UpperBound(double p, long correct, long predictions)
    {
        if (correct == 0)
            return 1.0 - Math.Pow(0.01, 1.0 / predictions);
        // All of them right, also a single one, of which the interval has no width.
        if (correct == predictions)
            return 1.0;
        return Confidence.UpperBound(p, predictions);
    }
}
