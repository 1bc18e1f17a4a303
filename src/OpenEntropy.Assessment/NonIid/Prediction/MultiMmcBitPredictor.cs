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
    private const sbyte None = -2;
    private const sbyte Wrong = -1;
    private const sbyte Right = 0;

    private readonly int _maximumEntries;

    // Per depth, 2^d differences: twice (ones less zeros) plus one, so that the sign is the guess, a tie being a one; 0 where nothing was seen.
    private readonly int[][] _tables = new int[Depths][];

    // Per depth that is limited, the pairs of a prefix and a bit that it remembers, and how many there are.
    private readonly uint[][] _pairs = new uint[Depths][];
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
            (_tables[depth - 1], _pairs[depth - 1]) = (new int[1 << depth], new uint[IsLimited(depth) ? ((2 << depth) + 31) / 32 : 0]);
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

        // The first d bits have no prefix of d bits.
        if (start == 0)
            _outcomes.AsSpan().Fill(None);
        for (var depth = 1; depth <= Depths; depth++)
        {
            var from = Math.Clamp(depth - start, 0, bits.Length);
            if (IsLimited(depth))
                RunLimitedDepth(depth, bits, from);
            else if (start == 0 || IsLimited(depth + 2))
                RunDepth(depth, bits, from);
            else
            {
                RunThreeDepths(depth, bits, from);
                depth += 2;
            }
        }

        KeepScore(bits.Length, Math.Max(0, 2 - start));
    }

    /// <summary>
    /// Steps 4.a and 4.b at depths with room for all, three at a time so that they overlap in the processor: guess, then learn what followed.
    /// </summary>
    private void RunThreeDepths(int depth, ReadOnlySpan<byte> bits, int from)
    {
        ref var table0 = ref MemoryMarshal.GetArrayDataReference(_tables[depth - 1]);
        ref var table1 = ref MemoryMarshal.GetArrayDataReference(_tables[depth]);
        ref var table2 = ref MemoryMarshal.GetArrayDataReference(_tables[depth + 1]);
        var mask = (1u << depth) - 1;
        ref var symbols = ref MemoryMarshal.GetReference(bits);
        ref var history = ref MemoryMarshal.GetArrayDataReference(_history);
        ref var outcomes = ref _outcomes[depth - 1];
        for (var i = from; i < bits.Length; i++)
        {
            uint before = Unsafe.Add(ref history, i);
            var step = (Unsafe.Add(ref symbols, i) * 4) - 2;
            ref var outcome = ref Unsafe.Add(ref outcomes, i * Depths);
            outcome = Learn(ref Unsafe.Add(ref table0, before & mask), step);
            Unsafe.Add(ref outcome, 1) = Learn(ref Unsafe.Add(ref table1, before & ((2 * mask) + 1)), step);
            Unsafe.Add(ref outcome, 2) = Learn(ref Unsafe.Add(ref table2, before & ((4 * mask) + 3)), step);
        }
    }

    /// <summary>The same at one depth.</summary>
    private void RunDepth(int depth, ReadOnlySpan<byte> bits, int from)
    {
        var table = _tables[depth - 1];
        for (var i = from; i < bits.Length; i++)
            _outcomes[(i * Depths) + depth - 1] = Learn(ref table[_history[i] & ((1 << depth) - 1)], (bits[i] * 4) - 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static sbyte Learn(ref int difference, int step)
    {
        var known = difference;
        difference = (known | 1) + step;
        return known == 0 ? None : (sbyte)((known ^ step) >> 31);
    }

    /// <summary>
    /// The same at a depth that remembers only so many pairs, and nothing of a prefix whose shorter one it does not know. No branch depends on the
    /// bit, which nothing can foresee.
    /// </summary>
    private void RunLimitedDepth(int depth, ReadOnlySpan<byte> bits, int from)
    {
        var table = _tables[depth - 1];
        var pairs = _pairs[depth - 1];
        var mask = (1 << depth) - 1;
        var entries = _entries[depth - 1];
        for (var i = from; i < bits.Length; i++)
        {
            var prefix = _history[i] & mask;
            var pair = (2 * prefix) + bits[i];
            var step = (bits[i] * 4) - 2;
            ref var outcome = ref _outcomes[(i * Depths) + depth - 1];
            ref var difference = ref table[prefix];
            var known = difference;
            var isKnown = known != 0 && (depth == 1 || Unsafe.Subtract(ref outcome, 1) != None);
            outcome = isKnown ? (sbyte)((known ^ step) >> 31) : None;

            var counted = isKnown ? (pairs[pair >> 5] >> pair) & 1 : 0;
            if (entries < _maximumEntries && counted == 0)
            {
                pairs[pair >> 5] |= 1u << pair;
                entries++;
                counted = 1;
            }

            difference = known + (((known | 1) + step - known) & -(int)counted);
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
