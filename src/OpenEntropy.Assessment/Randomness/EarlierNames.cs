namespace OpenEntropy.Assessment.Randomness;

/// <summary>The tests of the battery that this one follows, by the names it gave them. Several were not what the names say; these are.</summary>
internal static class EarlierNames
{
    /// <summary>The earlier name, and the name of the test here.</summary>
    public static readonly (string Earlier, string Name)[] All =
    [
        ("Monobit Frequency", "Frequency"),
        ("Block Frequency", "Block frequency"),
        ("Byte Frequency", "Byte frequency"),
        ("Runs Test", "Runs"),
        ("Longest Run of Ones", "Longest run of ones in a block"),
        ("Serial Test", "Serial"),
        ("Approximate Entropy", "Approximate entropy"),
        ("DFT Spectral", "Discrete Fourier transform"),
        ("Spectral Flatness", "Spectral flatness"),
        ("Shannon Entropy", "Shannon entropy"),
        ("Min-Entropy", "Min-entropy"),
        ("Permutation Entropy", "Permutation entropy"),
        ("Compression Ratio", "Compression ratio"),
        ("Kolmogorov Complexity", "Kolmogorov complexity, upper bound"),
        ("Autocorrelation", "Autocorrelation"),
        ("Serial Correlation", "Serial correlation"),
        ("Lag-N Correlation", "Lag-N correlation"),
        ("Cross-Correlation", "Cross-correlation"),
        ("Kolmogorov-Smirnov", "Kolmogorov-Smirnov"),
        ("Anderson-Darling", "Anderson-Darling"),
        ("Overlapping Template", "Overlapping template matching"),
        ("Non-overlapping Template", "Non-overlapping template matching"),
        ("Maurer's Universal", "Maurer's universal"),
        ("Binary Matrix Rank", "Binary matrix rank"),
        ("Linear Complexity", "Linear complexity"),
        ("Cumulative Sums", "Cumulative sums"),
        ("Random Excursions", "Random excursions"),
        ("Birthday Spacing", "Birthday spacings"),
        ("Bit Avalanche", "Bit avalanche"),
        ("Monte Carlo Pi", "Monte Carlo pi"),
        ("Mean & Variance", "Mean and variance"),
    ];
}
