namespace OpenEntropy.Assessment.Iid;

/// <summary>SP 800-90B, 6.3.1 on one sequence: the min-entropy that it would have if its samples were independent and identically distributed.</summary>
public sealed record MostCommonValueFigures
{
    internal MostCommonValueFigures(long count, long length)
    {
        (Count, Length) = (count, length);
        Proportion = count / (double)length;
        UpperBound = MostCommonValueBound.Upper(Proportion, length);
        MinEntropy = Math.Abs(Math.Log2(UpperBound));
    }

    /// <summary>How often the most common value occurs.</summary>
    public long Count { get; }

    /// <summary>L, the length of the sequence.</summary>
    public long Length { get; }

    /// <summary>p̂.</summary>
    public double Proportion { get; }

    /// <summary>p_u, the upper end of the 99 % confidence interval of p̂.</summary>
    public double UpperBound { get; }

    /// <summary>−log2 p_u, bits per symbol of the sequence.</summary>
    public double MinEntropy { get; }
}
