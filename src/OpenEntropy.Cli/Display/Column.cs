namespace OpenEntropy.Cli.Display;

/// <summary>A column of a <see cref="Table"/>.</summary>
/// <param name="Header">Its header, the unit included.</param>
/// <param name="IsNumber">Whether it stands to the right.</param>
/// <param name="MayBreak">Whether its texts are sentences, which may be broken over lines.</param>
internal sealed record Column(string Header, bool IsNumber = false, bool MayBreak = false)
{
    private const int LeastOfSentence = 24;

    public static implicit operator Column(string header) => new(header);

    /// <summary>A column of numbers.</summary>
    public static Column Number(string header) => new(header, IsNumber: true);

    /// <summary>A column of sentences.</summary>
    public static Column Sentence(string header) => new(header, MayBreak: true);

    /// <summary>The characters it takes at least.</summary>
    /// <param name="longest">The length of its longest text.</param>
    public int Least(int longest) => MayBreak ? Math.Min(longest, LeastOfSentence) : longest;
}
