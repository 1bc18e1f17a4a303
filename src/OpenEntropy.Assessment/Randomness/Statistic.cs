namespace OpenEntropy.Assessment.Randomness;

/// <summary>A figure on the way to a p-value.</summary>
/// <param name="Name">Its name, as in the standard.</param>
/// <param name="Value">Its value.</param>
public readonly record struct Statistic(string Name, double Value)
{
    /// <summary>Its unit; null for a count or a ratio.</summary>
    public string? Unit { get; init; }

    /// <summary>What independent, unbiased bits give in the limit; null where the statistic has no such meaning of its own.</summary>
    public double? Ideal { get; init; }
}
