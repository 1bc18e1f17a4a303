namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// A hash table from pairs (number of a prefix, symbol) to numbers, open addressing with linear probing: a slot of 8 bytes holds the key, plus
/// one, above the value.
/// </summary>
internal sealed class PairTable
{
    private const int SmallestBits = 12;

    private ulong[] _slots = new ulong[1 << SmallestBits];
    private int _shift = 64 - SmallestBits;
    private int _room = Room(SmallestBits);

    /// <summary>Forgets all pairs.</summary>
    public void Clear()
    {
        _slots.AsSpan().Clear();
        _room = Room(64 - _shift);
    }

    /// <summary>The value of a pair; null where it is not in the table.</summary>
    public bool TryGet(int prefix, byte symbol, out int value)
    {
        ref var slot = ref Slot(Key(prefix, symbol));
        value = (int)(uint)slot;
        return slot != 0;
    }

    /// <summary>Sets the value of a pair, which is added where it is not in the table.</summary>
    /// <param name="prefix">A prefix, below 2^23.</param>
    /// <param name="symbol">A symbol.</param>
    /// <param name="value">A value, 0 or more.</param>
    public void Set(int prefix, byte symbol, int value)
    {
        var key = Key(prefix, symbol);
        ref var slot = ref Slot(key);
        if (slot == 0 && _room-- == 0)
        {
            Grow();
            slot = ref Slot(key);
            _room--;
        }

        slot = (key << 32) | (uint)value;
    }

    private static ulong Key(int prefix, byte symbol) => (((ulong)(uint)prefix << 8) | symbol) + 1;

    /// <summary>How many pairs a table takes before it grows.</summary>
    private static int Room(int bits) => (1 << bits) / 16 * 13;

    private ref ulong Slot(ulong key)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var at = (int)((key * HashKeys.First) >> _shift);
        while (true)
        {
            ref var slot = ref slots[at & mask];
            if (slot == 0 || slot >> 32 == key)
                return ref slot;
            at++;
        }
    }

    private void Grow()
    {
        var old = _slots;
        _shift--;
        _slots = new ulong[old.Length * 2];
        _room = Room(64 - _shift);
        foreach (var pair in old)
        {
            if (pair == 0)
                continue;
            Slot(pair >> 32) = pair;
            _room--;
        }
    }
}
