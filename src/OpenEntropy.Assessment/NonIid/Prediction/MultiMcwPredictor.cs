namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// The multi most common in window predictor, SP 800-90B, 6.3.7: four subpredictors guess the most common of the last 63, 255, 1023 and 4095
/// symbols, of several the one seen last; the one that was right most often so far speaks for all, the longer window on a tie that it reaches.
/// </summary>
internal static class MultiMcwPredictor
{
    /// <summary>The lengths of the windows, symbols.</summary>
    internal static ReadOnlySpan<int> WindowLengths => [63, 255, 1023, 4095];

    private const int CheckpointInterval = 1 << 16;

    /// <summary>Runs over symbols.</summary>
    /// <param name="symbols">Symbols 0 … k−1.</param>
    /// <param name="alphabetSize">k, 2 to 256.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <returns>C, r and N = L − 63; null below 4,096 symbols, where NIST's tool leaves this estimator out.</returns>
    public static PredictionCounts? Count(ReadOnlySpan<byte> symbols, int alphabetSize, Checkpoint? checkpoint = null)
    {
        if (symbols.Length <= WindowLengths[^1])
            return null;
        if (alphabetSize == 2)
            return MultiMcwBitPredictor.Count(symbols, checkpoint);

        var windows = new ModeWindow[WindowLengths.Length];
        for (var j = 0; j < windows.Length; j++)
            windows[j] = new ModeWindow(WindowLengths[j], alphabetSize, symbols);

        // Steps 1 and 2.
        Span<long> scoreboard = stackalloc long[windows.Length];
        var winner = 0;
        var tally = new PredictionTally();

        // Step 3, in stretches over which the same windows are full.
        var active = 1;
        for (var i = WindowLengths[0]; i < symbols.Length; )
        {
            while (active < windows.Length && WindowLengths[active] <= i)
                active++;
            var end = Math.Min(symbols.Length, active < windows.Length ? WindowLengths[active] : i + CheckpointInterval);
            foreach (var window in windows.AsSpan(0, active))
                window.Rebase(i);
            for (; i < end; i++)
            {
                var symbol = symbols[i];
                tally.Add(windows[winner].Mode == symbol);
                for (var j = 0; j < active; j++)
                {
                    if (windows[j].Mode == symbol && ++scoreboard[j] >= scoreboard[winner])
                        winner = j;
                    windows[j].Slide(symbols, i);
                }
            }

            checkpoint?.Invoke();
        }

        return tally.ToCounts(symbols.Length - WindowLengths[0]);
    }
}
