using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>
/// SP 800-90B, 6.3.9, with dictionaries of strings, and NIST's tool's rules where the clause leaves them open: the limit is on pairs; a depth at
/// which the prefix is unknown makes no guess, nor do the deeper ones; a winner that makes no guess leaves the run of right guesses as it is.
/// </summary>
internal static class ReferenceMultiMmc
{
    public static PredictionCounts? Count(byte[] symbols, bool isBinary, int maximumEntries)
    {
        if (symbols.Length < (isBinary ? 4 : 3))
            return null;

        var models = Enumerable
            .Range(0, 16)
            .Select(_ => new Dictionary<string, SortedDictionary<byte, long>>(StringComparer.Ordinal))
            .ToArray();
        var entries = new int[16];
        var scoreboard = new long[16];
        var (winner, correct, run, longest) = (0, 0L, 0L, 0L);
        for (var i = 1; i < symbols.Length; i++)
        {
            var speaker = winner;
            var isKnown = true;
            for (var d = 0; d < 16 && d < i; d++)
            {
                var prefix = Convert.ToHexString(symbols.AsSpan(i - d - 1, d + 1));
                isKnown = isKnown && models[d].ContainsKey(prefix);
                if (isKnown && i >= 2)
                {
                    var isRight = MostCommon(models[d][prefix]) == symbols[i];
                    if (isRight && ++scoreboard[d] >= scoreboard[winner])
                        winner = d;
                    if (d == speaker)
                    {
                        correct += isRight ? 1 : 0;
                        run = isRight ? run + 1 : 0;
                        longest = Math.Max(longest, run);
                    }
                }

                Learn(models[d], prefix, symbols[i], isKnown, ref entries[d], maximumEntries);
            }
        }

        return new PredictionCounts(correct, longest + 1, symbols.Length - 2);
    }

    private static void Learn(
        Dictionary<string, SortedDictionary<byte, long>> model,
        string prefix,
        byte successor,
        bool isKnown,
        ref int entries,
        int maximumEntries
    )
    {
        if (!model.TryGetValue(prefix, out var successors))
            successors = [];
        if (!isKnown || !successors.ContainsKey(successor))
        {
            if (entries == maximumEntries)
                return;
            entries++;
        }

        successors[successor] = successors.GetValueOrDefault(successor) + 1;
        model[prefix] = successors;
    }

    private static byte MostCommon(SortedDictionary<byte, long> successors)
    {
        var most = successors.Values.Max();
        return successors.Last(pair => pair.Value == most).Key;
    }
}
