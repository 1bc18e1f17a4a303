namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// The multi most common in window predictor (SP 800-90B, 6.3.7) over bits: the windows are of odd length, so the number of ones alone tells the
/// mode and there are no ties.
/// </summary>
internal static class MultiMcwBitPredictor
{
    private const int CheckpointInterval = 1 << 18;

    /// <summary>Runs over bits, one a byte, at least 4,096 of them.</summary>
    public static PredictionCounts Count(ReadOnlySpan<byte> bits, Checkpoint? checkpoint)
    {
        var state = new State();
        var lengths = MultiMcwPredictor.WindowLengths;
        for (var j = 0; j < lengths.Length; j++)
            state.Ones[j] = bits[..lengths[j]].Count((byte)1);

        // Step 3, in stretches over which the same windows are full.
        for (var active = 1; active < lengths.Length; active++)
            Run(ref state, bits, lengths[active - 1], lengths[active], active);
        for (var i = lengths[^1]; i < bits.Length; i += CheckpointInterval)
        {
            Run(ref state, bits, i, Math.Min(bits.Length, i + CheckpointInterval), lengths.Length);
            checkpoint?.Invoke();
        }

        return state.Tally.ToCounts(bits.Length - lengths[0]);
    }

    private static void Run(ref State state, ReadOnlySpan<byte> bits, int start, int end, int active)
    {
        var lengths = MultiMcwPredictor.WindowLengths;
        var tally = state.Tally;
        var winner = state.Winner;
        Span<int> ones = state.Ones;
        Span<int> scoreboard = state.Scoreboard;
        for (var i = start; i < end; i++)
        {
            int bit = bits[i];
            tally.Add(Mode(ones[winner], lengths[winner]) == bit);
            for (var j = 0; j < active; j++)
            {
                var right = Mode(ones[j], lengths[j]) ^ bit ^ 1;
                scoreboard[j] += right;
                if (right != 0 & scoreboard[j] >= scoreboard[winner])
                    winner = j;
                ones[j] += bit - bits[i - lengths[j]];
            }
        }

        (state.Tally, state.Winner) = (tally, winner);
    }

    /// <summary>1 where more than half of a window are ones, else 0.</summary>
    private static int Mode(int ones, int length) => (int)((uint)((length >> 1) - ones) >> 31);

    private sealed class State
    {
        public int[] Ones { get; } = new int[MultiMcwPredictor.WindowLengths.Length];

        public int[] Scoreboard { get; } = new int[MultiMcwPredictor.WindowLengths.Length];

        public int Winner { get; set; }

        public PredictionTally Tally { get; set; }
    }
}
