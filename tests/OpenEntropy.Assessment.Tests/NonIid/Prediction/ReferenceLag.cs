using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>SP 800-90B, 6.3.8, word for word.</summary>
internal static class ReferenceLag
{
    public static PredictionCounts? Count(byte[] symbols)
    {
        if (symbols.Length < 3)
            return null;

        var scoreboard = new long[129];
        var (winner, correct, run, longest) = (1, 0L, 0L, 0L);
        for (var i = 1; i < symbols.Length; i++)
        {
            var isRight = winner <= i && symbols[i - winner] == symbols[i];
            correct += isRight ? 1 : 0;
            run = isRight ? run + 1 : 0;
            longest = Math.Max(longest, run);
            for (var lag = 1; lag <= Math.Min(i, 128); lag++)
            {
                if (symbols[i - lag] == symbols[i] && ++scoreboard[lag] >= scoreboard[winner])
                    winner = lag;
            }
        }

        return new PredictionCounts(correct, longest + 1, symbols.Length - 1);
    }
}
