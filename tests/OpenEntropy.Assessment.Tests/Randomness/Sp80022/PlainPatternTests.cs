using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

/// <summary>SP 800-22 Rev. 1a, 2.11 and 2.12, step by step: every pattern's occurrences counted apart, at every length.</summary>
internal static class PlainPatternTests
{
    public static double[]? Serial(byte[] bits, int m)
    {
        if (bits.Length < 1 << m)
            return null;
        var (psi, psi1, psi2) = (PsiSquare(bits, m), PsiSquare(bits, m - 1), PsiSquare(bits, m - 2));
        return
        [
            Distributions.UpperIncompleteGammaRatio(Math.Pow(2, m - 2), (psi - psi1) / 2),
            Distributions.UpperIncompleteGammaRatio(Math.Pow(2, m - 3), (psi - (2 * psi1) + psi2) / 2),
        ];
    }

    public static double[]? ApproximateEntropy(byte[] bits, int m)
    {
        if (bits.Length < 1 << m)
            return null;
        var chiSquare = 2.0 * bits.Length * (Math.Log(2) - (Phi(bits, m) - Phi(bits, m + 1)));
        return [Distributions.UpperIncompleteGammaRatio(Math.Pow(2, m - 1), chiSquare / 2)];
    }

    private static double PsiSquare(byte[] bits, int m)
    {
        if (m == 0)
            return 0;
        var squares = Counts(bits, m).Sum(count => count * count);
        return (squares * Math.Pow(2, m) / bits.Length) - bits.Length;
    }

    private static double Phi(byte[] bits, int m) =>
        Counts(bits, m).Where(count => count > 0).Sum(count => count * Math.Log(count / bits.Length)) / bits.Length;

    /// <summary>How often each pattern occurs in the sequence with its first m − 1 bits appended.</summary>
    private static double[] Counts(byte[] bits, int m)
    {
        var counts = new double[1 << m];
        for (var i = 0; i < bits.Length; i++)
            counts[Enumerable.Range(i, m).Aggregate(0, (pattern, j) => (2 * pattern) + bits[j % bits.Length])]++;
        return counts;
    }
}
