using System.Numerics;
using System.Runtime.Intrinsics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// A set of strings of 1 to 16 symbols out of one sequence, each given by where it ends: open addressing with linear probing; a slot of 8 bytes
/// holds the end of an occurrence above the length.
/// </summary>
/// <param name="capacity">How many strings at most.</param>
internal sealed class PrefixSet(int capacity)
{
    /// <summary>The longest string, symbols.</summary>
    internal const int MaximumLength = 16;

    private readonly ulong[] _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * capacity, 64))];

    /// <summary>How many strings are in the set.</summary>
    public int Count { get; private set; }

    /// <summary>How many symbols before two places are the same, at most 16.</summary>
    /// <param name="symbols">The sequence.</param>
    /// <param name="i">A place, 16 or more.</param>
    /// <param name="j">Another.</param>
    public static int CommonLength(ReadOnlySpan<byte> symbols, int i, int j)
    {
        var same = Vector128.Equals(Before(symbols, i), Before(symbols, j)).ExtractMostSignificantBits();
        return BitOperations.LeadingZeroCount(~(same << 16));
    }

    /// <summary>Whether the string is in the set.</summary>
    /// <param name="symbols">The sequence.</param>
    /// <param name="end">Where the string ends, exclusive; 16 or more.</param>
    /// <param name="length">Its length, symbols.</param>
    public bool Contains(ReadOnlySpan<byte> symbols, int end, int length) => Slot(symbols, end, length) != 0;

    /// <summary>Adds a string.</summary>
    /// <returns>False where it is in the set already.</returns>
    public bool Add(ReadOnlySpan<byte> symbols, int end, int length)
    {
        ref var slot = ref Slot(symbols, end, length);
        if (slot != 0)
            return false;

        slot = ((ulong)(uint)end << 8) | (uint)length;
        Count++;
        return true;
    }

    private static Vector128<byte> Before(ReadOnlySpan<byte> symbols, int i) =>
        Vector128.Create(symbols.Slice(i - MaximumLength, MaximumLength));

    private ref ulong Slot(ReadOnlySpan<byte> symbols, int end, int length)
    {
        var mask = _slots.Length - 1;
        for (var at = (int)Hash(Before(symbols, end).AsUInt64(), length); ; at++)
        {
            ref var slot = ref _slots[at & mask];
            if (slot == 0 || ((byte)slot == length && CommonLength(symbols, (int)(slot >> 8), end) >= length))
                return ref slot;
        }
    }

    /// <summary>A hash of the last symbols, of which the latest stand in the highest bytes.</summary>
    private static uint Hash(Vector128<ulong> symbols, int length)
    {
        var unused = 8 * (MaximumLength - length);
        var late = unused < 64 ? symbols[1] : symbols[1] >> (unused - 64) << (unused - 64);
        var early = unused < 64 ? symbols[0] >> unused << unused : 0;
        var hash = ((early ^ (early >> 32)) + (ulong)length) * HashKeys.First;
        hash = ((hash >> 32) ^ hash ^ late ^ (late >> 29)) * HashKeys.Second;
        return (uint)(hash >> 32);
    }
}
