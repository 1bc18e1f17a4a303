using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// The multi Markov model with counting predictor (SP 800-90B, 6.3.9) over bits: the last d bits are themselves the place in a table.
/// </summary>
/// <remarks>
/// Depth by depth over a block of bits, then the scoreboard over the block. A depth that can hold all its pairs needs no more than the difference
/// of its two counts; with the standard's limit that is all but the deepest.
/// </remarks>
internal sealed class MultiMmcBitPredictor
{
    private const int Depths = MultiMmcPredictor.Depths;
    private const int BlockBits = 1024;
    private const int BlocksBetweenCheckpoints = 128;

    // What a guess came to: none was made, it was wrong, it was right.
    private const sbyte None = 1;
    private const sbyte Wrong = 0;
    private const sbyte Right = -1;

    private readonly int _maximumEntries;

    // Per depth, 2^d differences: twice (ones less zeros) plus one, so that the sign is the guess, a tie being a one; 0 where nothing was seen.
    // Or, at a depth that is limited, 2^d times the counts of zeros and of ones.
    private readonly int[][] _tables = new int[Depths][];
    private readonly int[] _entries = new int[Depths];

    // For each bit of the block the outcomes of all depths side by side, and the bits before it.
    private readonly sbyte[] _outcomes = new sbyte[BlockBits * Depths];
    private readonly ushort[] _history = new ushort[BlockBits];
    private uint _last;
    private DepthScoreboard _scoreboard = new();
    private PredictionTally _tally;

    private MultiMmcBitPredictor(int maximumEntries)
    {
        _maximumEntries = maximumEntries;
        for (var depth = 1; depth <= Depths; depth++)
            _tables[depth - 1] = new int[IsLimited(depth) ? 2 << depth : 1 << depth];
    }

    /// <summary>Runs over bits, one a byte, at least 4 of them.</summary>
    public static PredictionCounts Count(ReadOnlySpan<byte> bits, Checkpoint? checkpoint, int maximumEntries)
    {
        var predictor = new MultiMmcBitPredictor(maximumEntries);
        var blocks = 0;
        for (var start = 0; start < bits.Length; start += BlockBits)
        {
            predictor.RunBlock(bits.Slice(start, Math.Min(BlockBits, bits.Length - start)), start);
            if (++blocks % BlocksBetweenCheckpoints == 0)
                checkpoint?.Invoke();
        }

        return predictor._tally.ToCounts(bits.Length - 2);
    }

    private bool IsLimited(int depth) => 2 << depth > _maximumEntries;

    private void RunBlock(ReadOnlySpan<byte> bits, int start)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            _history[i] = (ushort)_last;
            _last = (_last << 1) | bits[i];
        }

        for (var depth = 1; depth <= Depths; depth++)
        {
            // The first d bits have no prefix of d bits.
            var from = Math.Clamp(depth - start, 0, bits.Length);
            for (var i = 0; i < from; i++)
                _outcomes[(i * Depths) + depth - 1] = None;
            if (IsLimited(depth))
                RunLimitedDepth(depth, bits, from);
            else
                RunDepth(depth, bits, from);
        }

        KeepScore(bits.Length, Math.Max(0, 2 - start));
    }

    /// <summary>Steps 4.a and 4.b at a depth with room for all: guess, then learn what followed.</summary>
    private void RunDepth(int depth, ReadOnlySpan<byte> bits, int from)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(_tables[depth - 1]);
        var mask = (1u << depth) - 1;
        var history = _history.AsSpan(0, bits.Length);
        var outcomes = _outcomes.AsSpan(depth - 1);
        for (var i = from; i < bits.Length; i++)
        {
            ref var difference = ref Unsafe.Add(ref table, history[i] & mask);
            var known = difference;
            var step = (bits[i] * 4) - 2;
            difference = (known | 1) + step;
            outcomes[i * Depths] = Outcome((long)known * step);
        }
    }

    /// <summary>None for 0, right above, wrong below.</summary>
    private static sbyte Outcome(long agreement) =>
        (sbyte)(Unsafe.BitCast<bool, sbyte>(agreement == 0) - Unsafe.BitCast<bool, sbyte>(agreement > 0));

    /// <summary>The same at a depth that remembers only so many pairs, and nothing of a prefix whose shorter one it does not know.</summary>
    private void RunLimitedDepth(int depth, ReadOnlySpan<byte> bits, int from)
    {
        var table = _tables[depth - 1];
        var mask = (1 << depth) - 1;
        var entries = _entries[depth - 1];
        for (var i = from; i < bits.Length; i++)
        {
            var bit = bits[i];
            var at = (_history[i] & mask) << 1;
            var outcome = (i * Depths) + depth - 1;
            var (zeros, ones) = (table[at], table[at + 1]);
            var isKnown = (zeros | ones) != 0 && (depth == 1 || _outcomes[outcome - 1] != None);
            ref var count = ref table[at + bit];
            if (isKnown && count != 0)
                count++;
            else if (entries < _maximumEntries)
            {
                count = 1;
                entries++;
            }

            var guess = ones >= zeros ? 1 : 0;
            _outcomes[outcome] =
                !isKnown ? None
                : guess == bit ? Right
                : Wrong;
        }

        _entries[depth - 1] = entries;
    }

    /// <summary>Steps 4.c and 4.d for all depths. A leader that makes no guess neither ends nor lengthens a run, as in NIST's tool.</summary>
    private void KeepScore(int length, int from)
    {
        var (scoreboard, tally) = (_scoreboard, _tally);
        for (var i = from; i < length; i++)
        {
            var outcomes = _outcomes.AsSpan(i * Depths, Depths);
            var ofLeader = outcomes[scoreboard.Leader];
            if (ofLeader != None)
                tally.Add(ofLeader == Right);
            scoreboard.Add(Vector128.Equals(Vector128.Create<sbyte>(outcomes), Vector128.Create(Right)).AsByte());
        }

        (_scoreboard, _tally) = (scoreboard, tally);
    }
}
