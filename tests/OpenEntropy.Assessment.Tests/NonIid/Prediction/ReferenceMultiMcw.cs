using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>SP 800-90B, 6.3.7, word for word: every window is counted anew.</summary>
internal static class ReferenceMultiMcw
{
    private static readonly int[] Windows = [63, 255, 1023, 4095];

    public static PredictionCounts? Count(byte[] symbols)
    {
        if (symbols.Length < 4096)
            return null;

        var scoreboard = new long[Windows.Length];
        var (winner, correct, run, longest) = (0, 0L, 0L, 0L);
        for (var i = Windows[0]; i < symbols.Length; i++)
        {
            var guesses = Windows.Select(window => i >= window ? MostCommon(symbols.AsSpan(i - window, window)) : -1).ToArray();
            var isRight = guesses[winner] == symbols[i];
            correct += isRight ? 1 : 0;
            run = isRight ? run + 1 : 0;
            longest = Math.Max(longest, run);
            for (var j = 0; j < Windows.Length; j++)
            {
                if (guesses[j] == symbols[i] && ++scoreboard[j] >= scoreboard[winner])
                    winner = j;
            }
        }

        return new PredictionCounts(correct, longest + 1, symbols.Length - Windows[0]);
    }

    private static int MostCommon(ReadOnlySpan<byte> window)
    {
        var counts = new int[256];
        foreach (var symbol in window)
            counts[symbol]++;
        var most = counts.Max();
        for (var i = window.Length - 1; ; i--)
        {
            if (counts[window[i]] == most)
                return window[i];
        }
    }
}
