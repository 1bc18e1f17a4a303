namespace OpenEntropy.Assessment.Numerics;

/// <summary>Pearson's chi-square against given probabilities.</summary>
internal static class GoodnessOfFit
{
    /// <summary>Σ (ν_i − N π_i)² / (N π_i), N = Σ ν_i.</summary>
    /// <param name="observed">ν, how often each class occurred.</param>
    /// <param name="probabilities">π, as many, each above 0.</param>
    public static double ChiSquared(ReadOnlySpan<int> observed, ReadOnlySpan<double> probabilities)
    {
        var total = 0;
        foreach (var count in observed)
            total += count;
        var chiSquared = 0.0;
        for (var i = 0; i < observed.Length; i++)
        {
            var expected = total * probabilities[i];
            chiSquared += (observed[i] - expected) * (observed[i] - expected) / expected;
        }

        return chiSquared;
    }
}
