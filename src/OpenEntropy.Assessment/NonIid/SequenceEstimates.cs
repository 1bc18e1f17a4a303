namespace OpenEntropy.Assessment.NonIid;

/// <summary>What the estimators say of one sequence, each in its place, whoever is ready first. Each place is written once, by one thread.</summary>
/// <param name="alphabetSize">k.</param>
internal sealed class SequenceEstimates(int alphabetSize)
{
    private readonly EntropyEstimate?[] _estimates = new EntropyEstimate?[NonIidEstimator.All.Count];

    /// <summary>k, the number of distinct symbols.</summary>
    public int AlphabetSize => alphabetSize;

    /// <summary>The estimates, in the order of their clauses.</summary>
    public IReadOnlyList<EntropyEstimate> Made => [.. _estimates.OfType<EntropyEstimate>()];

    /// <summary>The estimators that had too few symbols.</summary>
    public IReadOnlyList<string> LeftOut =>
        [
            .. NonIidEstimator
                .All.Where((estimator, place) => _estimates[place] is null && (alphabetSize == 2 || !estimator.OfBitsOnly))
                .Select(estimator => estimator.Name),
        ];

    /// <summary>Takes an estimate; null where the estimator had too few symbols.</summary>
    /// <param name="estimator">Whose.</param>
    /// <param name="estimate">The estimate.</param>
    public void Put(NonIidEstimator estimator, EntropyEstimate? estimate) => _estimates[Place(estimator)] = estimate;

    private static int Place(NonIidEstimator estimator) => NonIidEstimator.All.TakeWhile(other => other != estimator).Count();
}
