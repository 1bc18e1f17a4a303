namespace OpenEntropy.Assessment.NonIid;

/// <summary>What one estimator of SP 800-90B, 6.3 says of one sequence. The subtypes add the values on the way to it.</summary>
/// <param name="MinEntropy">Estimated min-entropy of a symbol of the sequence, bits.</param>
public abstract record EntropyEstimate(double MinEntropy)
{
    /// <summary>The estimator's name, as in the standard.</summary>
    public abstract string Estimator { get; }

    /// <summary>The clause it stands in.</summary>
    public abstract string Clause { get; }
}
