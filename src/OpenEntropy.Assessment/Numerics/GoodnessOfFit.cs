namespace OpenEntropy.Assessment.Numerics;

/// <summary>Pearson's chi-square.</summary>
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
        var expectations = new double[probabilities.Length];
        for (var i = 0; i < expectations.Length; i++)
            expectations[i] = total * probabilities[i];
        return ChiSquaredOf(observed, expectations);
    }

    /// <summary>Σ (ν_i − e_i)² / e_i, added up in the order of the classes.</summary>
    /// <param name="observed">ν, how often each class occurred.</param>
    /// <param name="expectations">e, how often it was expected to; as many, each above 0.</param>
    public static double ChiSquaredOf(ReadOnlySpan<int> observed, ReadOnlySpan<double> expectations)
    {
        var chiSquared = 0.0;
        for (var i = 0; i < observed.Length; i++)
        {
            var difference = observed[i] - expectations[i];
            chiSquared += difference * difference / expectations[i];
        }

        return chiSquared;
    }
}
