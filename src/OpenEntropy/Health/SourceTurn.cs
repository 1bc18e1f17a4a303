namespace OpenEntropy.Health;

/// <summary>What came of one turn of one source. The spans hold until the source's next turn.</summary>
internal readonly ref struct SourceTurn
{
    /// <summary>Every undisturbed sample, whatever the source's health: for raw output.</summary>
    public ReadOnlySpan<byte> Raw { get; init; }

    /// <summary>The samples that may be mixed: none of a failed batch or source.</summary>
    public ReadOnlySpan<byte> Usable { get; init; }

    /// <summary>Min-entropy that the usable samples earn, bits.</summary>
    public double Credit { get; init; }
}
