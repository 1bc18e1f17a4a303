namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// The multi Markov model with counting predictor, SP 800-90B, 6.3.9: subpredictor d = 1 … 16 guesses the symbol that followed the last d symbols
/// most often so far, the greatest of several; the one that was right most often speaks for all, the deeper one on a tie that it reaches.
/// </summary>
/// <remarks>
/// The dictionaries of the depths do not depend on each other, except that a prefix that is unknown at one depth makes no guess at the deeper
/// ones. They are therefore filled one after the other, so that only one takes memory, and a last pass keeps the scoreboard. A prefix of depth d
/// is found by the number of its last d − 1 symbols and the symbol before them.
/// </remarks>
internal static class MultiMmcPredictor
{
    /// <summary>D, the number of depths.</summary>
    internal const int Depths = 16;

    /// <summary>The most pairs of a prefix and a successor that a depth remembers.</summary>
    internal const int MaximumEntries = 100_000;

    // What is known of the symbols before a step: the number of the prefix at the depth done last, and above it the first depth at which the
    // prefix was unknown, 0 while there is none. A prefix that was not remembered for want of room has no number.
    private const int NumberBits = 20;
    private const int NoNumber = (1 << NumberBits) - 1;

    private const int CheckpointInterval = 1 << 16;

    /// <summary>Runs over symbols.</summary>
    /// <param name="symbols">Symbols 0 … k−1.</param>
    /// <param name="alphabetSize">k, 2 to 256.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <param name="maximumEntries">The most pairs that a depth remembers.</param>
    /// <returns>C, r and N = L − 2; null below 3 symbols, or 4 bits, where NIST's tool leaves this estimator out.</returns>
    public static PredictionCounts? Count(
        ReadOnlySpan<byte> symbols,
        int alphabetSize,
        Checkpoint? checkpoint = null,
        int maximumEntries = MaximumEntries
    )
    {
        if (symbols.Length < (alphabetSize == 2 ? 4 : 3))
            return null;
        if (alphabetSize == 2)
            return MultiMmcBitPredictor.Count(symbols, checkpoint, maximumEntries);

        var states = new int[symbols.Length];
        var right = new ushort[symbols.Length];
        var prefixes = new PairTable();
        var successors = new SuccessorCounts(maximumEntries);
        for (var depth = 1; depth <= Math.Min(Depths, symbols.Length - 1); depth++)
        {
            prefixes.Clear();
            successors.Clear();
            var entries = 0;
            for (var start = depth; start < symbols.Length; start += CheckpointInterval)
            {
                var end = Math.Min(symbols.Length, start + CheckpointInterval);
                entries = RunDepth(depth, symbols[..end], start, states, right, prefixes, successors, entries, maximumEntries);
                checkpoint?.Invoke();
            }
        }

        return KeepScore(states, right, checkpoint);
    }

    /// <summary>Steps 4.a and 4.b at one depth: guess, then learn what followed.</summary>
    private static int RunDepth(
        int depth,
        ReadOnlySpan<byte> symbols,
        int start,
        int[] states,
        ushort[] right,
        PairTable prefixes,
        SuccessorCounts successors,
        int entries,
        int maximumEntries
    )
    {
        for (var i = start; i < symbols.Length; i++)
        {
            ref var state = ref states[i];
            var isUnknown = state > NoNumber;
            if (isUnknown && entries == maximumEntries)
            {
                state |= NoNumber;
                continue;
            }

            var (shorter, before, symbol) = (state & NoNumber, symbols[i - depth], symbols[i]);
            if (!isUnknown && prefixes.TryGet(shorter, before, out var prefix))
            {
                if (successors.MostCommon(prefix) == symbol)
                    right[i] |= (ushort)(1 << (depth - 1));
                if (successors.Increment(prefix, symbol, entries < maximumEntries))
                    entries++;
                state = prefix;
                continue;
            }

            // An unknown prefix. Where its shorter one found no room it will never be looked up, but takes up room all the same.
            var number = NoNumber;
            if (entries < maximumEntries)
            {
                entries++;
                if (shorter != NoNumber)
                {
                    number = successors.Add(symbol);
                    prefixes.Set(shorter, before, number);
                }
            }

            state = (isUnknown ? state & ~NoNumber : depth << NumberBits) | number;
        }

        return entries;
    }

    /// <summary>Steps 4.c and 4.d for all depths. A leader that makes no guess neither ends nor lengthens a run, as in NIST's tool.</summary>
    private static PredictionCounts KeepScore(int[] states, ushort[] right, Checkpoint? checkpoint)
    {
        var scoreboard = new DepthScoreboard();
        var tally = new PredictionTally();
        for (var i = 2; i < states.Length; i++)
        {
            var firstUnknown = states[i] >> NumberBits;
            var leader = scoreboard.Leader;
            if (firstUnknown == 0 || leader + 1 < firstUnknown)
                tally.Add(((right[i] >> leader) & 1) != 0);
            scoreboard.Add(DepthScoreboard.Expand(right[i]));
            if (i % CheckpointInterval == 0)
                checkpoint?.Invoke();
        }

        return tally.ToCounts(states.Length - 2);
    }
}
