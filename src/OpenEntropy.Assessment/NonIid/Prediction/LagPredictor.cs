using System.Numerics;
using System.Runtime.Intrinsics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// The lag predictor, SP 800-90B, 6.3.8: subpredictor d = 1 … 128 guesses the symbol d steps back; the one that was right most often so far
/// speaks for all, the longer lag on a tie that it reaches.
/// </summary>
/// <remarks>
/// All 128 guesses are compared at once. The scoreboard, too, is kept in bytes, relative to the leader's score: over a block of 120 steps a lag
/// that is 128 or more behind cannot come to lead, so that its score may stand at zero meanwhile.
/// </remarks>
internal static class LagPredictor
{
    /// <summary>D, the number of lags.</summary>
    internal const int Lags = 128;

    private const int BlockSteps = 120;
    private const int BlocksBetweenCheckpoints = 2048;
    private const byte LeaderAtStart = 128;
    private static readonly int Lanes = Vector256<byte>.Count;

    /// <summary>Runs over symbols.</summary>
    /// <param name="symbols">Symbols 0 … k−1.</param>
    /// <param name="alphabetSize">k, 2 to 256; any will do.</param>
    /// <param name="checkpoint">Called as the work goes on.</param>
    /// <returns>C, r and N = L − 1; null below 3 symbols, where NIST's tool gives up.</returns>
    public static PredictionCounts? Count(ReadOnlySpan<byte> symbols, int alphabetSize, Checkpoint? checkpoint = null)
    {
        _ = alphabetSize;
        if (symbols.Length <= 2)
            return null;

        // Scores and the leader go by lane: lane 127 − (d − 1) belongs to lag d, so that the lanes lie as the symbols they guess.
        Span<long> scoreboard = stackalloc long[Lags];
        var leader = Lags - 1;
        var tally = new PredictionTally();
        for (var i = 1; i < Math.Min(Lags, symbols.Length); i++)
            leader = StepWithFewLags(symbols, i, scoreboard, leader, ref tally);
        var blocks = 0;
        for (var i = Lags; i < symbols.Length; i += BlockSteps)
        {
            leader = RunBlock(symbols, i, Math.Min(symbols.Length, i + BlockSteps), scoreboard, leader, ref tally);
            if (++blocks % BlocksBetweenCheckpoints == 0)
                checkpoint?.Invoke();
        }

        return tally.ToCounts(symbols.Length - 1);
    }

    private static int StepWithFewLags(ReadOnlySpan<byte> symbols, int i, Span<long> scoreboard, int leader, ref PredictionTally tally)
    {
        tally.Add(symbols[i - Lags + leader] == symbols[i]);
        for (var lag = 1; lag <= i; lag++)
        {
            if (symbols[i - lag] == symbols[i] && ++scoreboard[Lags - lag] >= scoreboard[leader])
                leader = Lags - lag;
        }

        return leader;
    }

    private static int RunBlock(
        ReadOnlySpan<byte> symbols,
        int start,
        int end,
        Span<long> scoreboard,
        int leader,
        ref PredictionTally tallyOfAll
    )
    {
        Span<byte> relative = stackalloc byte[Lags];
        var leaderScore = scoreboard[leader];
        for (var lane = 0; lane < Lags; lane++)
            relative[lane] = (byte)Math.Max(0, scoreboard[lane] - leaderScore + LeaderAtStart);
        var (s0, s1, s2, s3) = (Load(relative, 0), Load(relative, 1), Load(relative, 2), Load(relative, 3));
        for (var lane = 0; lane < Lags; lane++)
            scoreboard[lane] -= relative[lane];

        var tally = tallyOfAll;
        var best = LeaderAtStart;
        for (var i = start; i < end; i++)
        {
            var guesses = symbols.Slice(i - Lags, Lags);
            tally.Add(guesses[leader] == symbols[i]);

            var symbol = Vector256.Create(symbols[i]);
            var (g0, g1) = (Vector256.Equals(Load(guesses, 0), symbol), Vector256.Equals(Load(guesses, 1), symbol));
            var (g2, g3) = (Vector256.Equals(Load(guesses, 2), symbol), Vector256.Equals(Load(guesses, 3), symbol));
            (s0, s1, s2, s3) = (s0 - g0, s1 - g1, s2 - g2, s3 - g3);
            var (r0, r1, r2, r3) = (s0 & g0, s1 & g1, s2 & g2, s3 & g3);

            // Nobody gains more than one point a step: who leads now has one more than the best before, or as many.
            var most = Vector256.Max(Vector256.Max(r0, r1), Vector256.Max(r2, r3));
            if (Vector256.EqualsAny(most, Vector256.Create((byte)(best + 1))))
                best++;
            else if (!Vector256.EqualsAny(most, Vector256.Create(best)))
                continue;
            leader = FirstLane(r0, r1, r2, r3, best);
        }

        Store(s0, relative, 0);
        Store(s1, relative, 1);
        Store(s2, relative, 2);
        Store(s3, relative, 3);
        for (var lane = 0; lane < Lags; lane++)
            scoreboard[lane] += relative[lane];
        tallyOfAll = tally;
        return leader;
    }

    /// <summary>The first lane, which is the longest lag, with a score.</summary>
    private static int FirstLane(Vector256<byte> r0, Vector256<byte> r1, Vector256<byte> r2, Vector256<byte> r3, byte score)
    {
        var wanted = Vector256.Create(score);
        var low = Bits(r0, wanted) | ((ulong)Bits(r1, wanted) << Lanes);
        return low != 0
            ? BitOperations.TrailingZeroCount(low)
            : (2 * Lanes) + BitOperations.TrailingZeroCount(Bits(r2, wanted) | ((ulong)Bits(r3, wanted) << Lanes));
    }

    private static uint Bits(Vector256<byte> scores, Vector256<byte> wanted) =>
        Vector256.Equals(scores, wanted).ExtractMostSignificantBits();

    private static Vector256<byte> Load(ReadOnlySpan<byte> lanes, int quarter) => Vector256.Create(lanes.Slice(quarter * Lanes, Lanes));

    private static void Store(Vector256<byte> vector, Span<byte> lanes, int quarter) => vector.CopyTo(lanes[(quarter * Lanes)..]);
}
