using System.Globalization;

namespace OpenEntropy.Pqc.Ledger;

/// <summary>What was repaired and what cannot be: the first few in words, the others counted, as there may be as many as files.</summary>
internal sealed class LedgerFindings
{
    /// <summary>The most that are told in words.</summary>
    public const int MostInWords = 20;

    private readonly List<string> _inWords = [];
    private int _others;

    /// <summary>A sentence each, and one more for those that are only counted.</summary>
    public IReadOnlyList<string> Sentences =>
        _others == 0
            ? _inWords
            : [.. _inWords, string.Create(CultureInfo.InvariantCulture, $"{_others} more findings are not told one by one")];

    /// <summary>Adds one.</summary>
    /// <param name="finding">A sentence.</param>
    public void Add(string finding)
    {
        if (_inWords.Count < MostInWords)
            _inWords.Add(finding);
        else
            _others++;
    }
}
