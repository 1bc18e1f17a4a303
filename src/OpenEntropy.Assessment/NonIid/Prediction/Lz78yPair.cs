namespace OpenEntropy.Assessment.NonIid;

/// <summary>A symbol with its successor, as <see cref="Lz78yPredictor"/> counts them.</summary>
internal struct Lz78yPair
{
    /// <summary>How often it was counted.</summary>
    public int Count;

    /// <summary>Where the successor was seen first.</summary>
    public int At;

    /// <summary>The lengths of the strings of the dictionary that stood before all occurrences, one a bit.</summary>
    public int CommonLengths;

    /// <summary>Whether there is more than one such string.</summary>
    public readonly bool HasDepth => (CommonLengths & (CommonLengths - 1)) != 0;
}
