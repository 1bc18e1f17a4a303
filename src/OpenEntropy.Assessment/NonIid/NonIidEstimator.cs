namespace OpenEntropy.Assessment.NonIid;

/// <summary>One of the ten estimators of SP 800-90B, 6.3.</summary>
/// <param name="Name">Its name, as in the standard.</param>
/// <param name="Clause">The clause it stands in.</param>
/// <param name="OfBitsOnly">True where it takes bits alone.</param>
internal sealed record NonIidEstimator(string Name, string Clause, bool OfBitsOnly)
{
    public static readonly NonIidEstimator MostCommonValue = new("Most Common Value Estimate", "6.3.1", OfBitsOnly: false);
    public static readonly NonIidEstimator Collision = new("Collision Estimate", "6.3.2", OfBitsOnly: true);
    public static readonly NonIidEstimator Markov = new("Markov Estimate", "6.3.3", OfBitsOnly: true);
    public static readonly NonIidEstimator Compression = new("Compression Estimate", "6.3.4", OfBitsOnly: true);
    public static readonly NonIidEstimator Tuple = new("t-Tuple Estimate", "6.3.5", OfBitsOnly: false);
    public static readonly NonIidEstimator LongestRepeatedSubstring = new("LRS Estimate", "6.3.6", OfBitsOnly: false);
    public static readonly NonIidEstimator MultiMcw = new("MultiMCW Prediction Estimate", "6.3.7", OfBitsOnly: false);
    public static readonly NonIidEstimator Lag = new("Lag Prediction Estimate", "6.3.8", OfBitsOnly: false);
    public static readonly NonIidEstimator MultiMmc = new("MultiMMC Prediction Estimate", "6.3.9", OfBitsOnly: false);
    public static readonly NonIidEstimator Lz78y = new("LZ78Y Prediction Estimate", "6.3.10", OfBitsOnly: false);

    /// <summary>All of them, in the order of their clauses.</summary>
    public static readonly IReadOnlyList<NonIidEstimator> All =
    [
        MostCommonValue,
        Collision,
        Markov,
        Compression,
        Tuple,
        LongestRepeatedSubstring,
        MultiMcw,
        Lag,
        MultiMmc,
        Lz78y,
    ];
}
