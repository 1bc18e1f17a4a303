namespace OpenEntropy.Assessment.Restart;

/// <summary>
/// The "inverted near-uniform" source of min-entropy H (Hagerty and Draper, Entropy Bounds and Statistical Tests, 2012): as many symbols of
/// probability p = 2^−H as there is room for, and one for the rest. Of all independent sources of that min-entropy it repeats its most common symbol
/// the most.
/// </summary>
/// <param name="InitialEntropy">H_I, bits per sample, zero at least.</param>
internal readonly record struct WorstCaseSource(double InitialEntropy)
{
    /// <summary>p.</summary>
    public double Probability => Math.Pow(2.0, -InitialEntropy);

    /// <summary>⌊1/p⌋, how many symbols have probability p.</summary>
    public int LikeliestSymbols => (int)Math.Floor(1.0 / Probability);

    /// <summary>⌈1/p⌉, how many symbols there are.</summary>
    public int Symbols => (int)Math.Ceiling(1.0 / Probability);

    /// <summary>1 − p ⌊1/p⌋, the probability of the last symbol; 0 where there is none.</summary>
    public double Remainder => Math.Max(0, 1.0 - (Probability * LikeliestSymbols));
}
