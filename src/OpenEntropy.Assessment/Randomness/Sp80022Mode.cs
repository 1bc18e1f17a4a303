namespace OpenEntropy.Assessment.Randomness;

/// <summary>
/// Whose arithmetic the tests of SP 800-22 use. Neither mode gives a p-value where the sequence is too short for the test to say anything: of those,
/// where NIST's program prints 0, 1 or a figure from too few blocks, the test does not apply.
/// </summary>
public enum Sp80022Mode
{
    /// <summary>
    /// The publication with its known errors mended, and beyond that with exact figures for its rounded ones: the moments of the universal test, the
    /// probabilities of the longest run, of excursions and of overlapping templates, and the tails of the cumulative sums.
    /// </summary>
    Corrected,

    /// <summary>
    /// The constants and the arithmetic of NIST's program, STS 2.1.2, errors included, for every sequence that both take. P-values outside 0 to 1,
    /// which it prints of some cumulative sums, are 0 or 1.
    /// </summary>
    Sts212,
}
