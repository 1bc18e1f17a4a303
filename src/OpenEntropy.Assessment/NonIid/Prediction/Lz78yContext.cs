namespace OpenEntropy.Assessment.NonIid;

/// <summary>What <see cref="Lz78yPredictor"/> knows of the successors of a symbol.</summary>
internal struct Lz78yContext
{
    /// <summary>Whether the dictionary holds the symbol as a string of its own.</summary>
    public bool IsInDictionary;

    /// <summary>The count of the most common successor.</summary>
    public int Count;

    /// <summary>The most common successor, the greatest of several.</summary>
    public byte MostCommon;

    /// <summary>Whether there are several, one of which a longer string has as often.</summary>
    public bool IsTiedInDepth;

    private bool _isTied;
    private bool _hasDepth;

    /// <summary>Takes note of a pair that was counted once more.</summary>
    /// <param name="successor">The pair's second symbol.</param>
    /// <param name="pair">The pair.</param>
    public void Update(byte successor, in Lz78yPair pair)
    {
        if (pair.Count < Count)
            return;
        _isTied = pair.Count == Count;
        MostCommon = _isTied ? Math.Max(MostCommon, successor) : successor;
        _hasDepth = pair.HasDepth || (_isTied && _hasDepth);
        IsTiedInDepth = _isTied && _hasDepth;
        Count = pair.Count;
    }
}
