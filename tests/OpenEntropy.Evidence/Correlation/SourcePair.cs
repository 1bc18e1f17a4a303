namespace OpenEntropy.Evidence.Correlation;

/// <summary>What was found of two sources.</summary>
internal sealed record SourcePair
{
    /// <summary>One source.</summary>
    public required string X { get; init; }

    /// <summary>The other.</summary>
    public required string Y { get; init; }

    /// <summary>True where both earn credit.</summary>
    public bool Earns { get; init; }

    /// <summary>While both collect at once: the repeat, where there was one.</summary>
    public PairFigures AtOnce { get; init; }

    /// <summary>The figures that led to the repeat; null where there was none.</summary>
    public PairFigures? First { get; init; }

    /// <summary>While they collect in turns.</summary>
    public PairFigures InTurns { get; init; }

    /// <summary>Why it was not measured, in one clause; null where it was.</summary>
    public string? Failure { get; init; }

    /// <summary>True where the 8-bit samples, which earn the credit, go together: the two share one credit.</summary>
    public bool SharesCredit =>
        First is { } first && (AtOnce.Samples.Confirms(first.Samples) || AtOnce.Information.Confirms(first.Information));

    /// <summary>True where both earn, and so few pairs came about that they might share one credit unnoticed.</summary>
    public bool IsUndecided => Earns && Failure is null && !SharesCredit && !AtOnce.IsDecided;

    /// <summary>True where the measurements go together: something acts on both.</summary>
    public bool HasCommonCause => First is { } first && AtOnce.Ranks.Confirms(first.Ranks);
}
