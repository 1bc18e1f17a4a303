namespace OpenEntropy.Evidence.Correlation;

/// <summary>What was found of two sources.</summary>
internal sealed record SourcePair
{
    /// <summary>One source.</summary>
    public required string X { get; init; }

    /// <summary>The other.</summary>
    public required string Y { get; init; }

    /// <summary>While both collect at once: the repeat, where there was one.</summary>
    public PairFigures AtOnce { get; init; }

    /// <summary>The figures that led to the repeat; null where there was none.</summary>
    public PairFigures? First { get; init; }

    /// <summary>While they collect in turns.</summary>
    public PairFigures InTurns { get; init; }

    /// <summary>Why it was not measured, in one clause; null where it was.</summary>
    public string? Failure { get; init; }

    /// <summary>True where the 8-bit samples, which earn the credit, go together: the two share one credit.</summary>
    public bool SharesCredit => First is { } first && AtOnce.Samples.Confirms(first.Samples);

    /// <summary>True where the measurements go together: something acts on both.</summary>
    public bool HasCommonCause => First is { } first && AtOnce.Ranks.Confirms(first.Ranks);
}
