using System.Security.Cryptography;

namespace OpenEntropy.Pool;

/// <summary>Dated blocks in locked memory, in the order of their completion. A place is zeroed when its block leaves it. Its owner locks.</summary>
internal sealed class BlockRing : IDisposable
{
    private readonly LockedMemory _memory;
    private readonly long[] _completed;
    private readonly int _blockBytes;
    private int _oldest;

    /// <summary>An empty ring.</summary>
    /// <param name="capacity">Blocks.</param>
    /// <param name="blockBytes">Bytes in a block.</param>
    /// <param name="memory"><see cref="MemoryBytes"/> bytes, owned from here on; null: its own.</param>
    public BlockRing(int capacity, int blockBytes, LockedMemory? memory = null)
    {
        _memory = memory ?? new LockedMemory(MemoryBytes(capacity, blockBytes));
        _completed = new long[capacity];
        _blockBytes = blockBytes;
        Mark = 1;
    }

    /// <summary>Where the blocks lie.</summary>
    public LockedMemory Memory => _memory;

    /// <summary>Blocks it has places for.</summary>
    public int Capacity => _completed.Length;

    /// <summary>Blocks in it.</summary>
    public int Count { get; private set; }

    /// <summary>True when there is no place for another.</summary>
    public bool IsFull => Count == Capacity;

    /// <summary>When the oldest block was completed.</summary>
    public long OldestCompleted => _completed[_oldest];

    /// <summary>True in a forked child: its copy of the memory reads as zeros, so that what is counted here are no blocks.</summary>
    public bool IsWiped => Mark == 0;

    /// <summary>A byte that is never 0 where the blocks can be read.</summary>
    private byte Mark
    {
        get => _memory.Span[^1];
        set => _memory.Span[^1] = value;
    }

    /// <summary>Memory that a ring needs: its blocks and the mark.</summary>
    /// <param name="capacity">Blocks.</param>
    /// <param name="blockBytes">Bytes in a block.</param>
    public static int MemoryBytes(int capacity, int blockBytes) => (capacity * blockBytes) + 1;

    /// <summary>Appends a block, for which there must be a place.</summary>
    /// <param name="block">Copied.</param>
    /// <param name="completed">Its date.</param>
    public void Append(ReadOnlySpan<byte> block, long completed)
    {
        var place = (_oldest + Count) % _completed.Length;
        block.CopyTo(Place(place));
        _completed[place] = completed;
        Mark = 1;
        Count++;
    }

    /// <summary>Takes the oldest blocks, of which there must be as many.</summary>
    /// <param name="blocks">Receives whole blocks, oldest first.</param>
    public void TakeOldest(Span<byte> blocks)
    {
        for (var offset = 0; offset < blocks.Length; offset += _blockBytes)
        {
            Place(_oldest).CopyTo(blocks[offset..]);
            DropOldest();
        }
    }

    /// <summary>Takes the youngest blocks, of which there must be as many.</summary>
    /// <param name="blocks">Receives whole blocks, youngest first.</param>
    /// <param name="completed">Receives their dates.</param>
    public void TakeYoungest(Span<byte> blocks, Span<long> completed)
    {
        for (var i = 0; i < blocks.Length / _blockBytes; i++)
        {
            var place = (_oldest + Count - 1) % _completed.Length;
            Place(place).CopyTo(blocks[(i * _blockBytes)..]);
            completed[i] = _completed[place];
            CryptographicOperations.ZeroMemory(Place(place));
            Count--;
        }
    }

    /// <summary>Zeroes the oldest block.</summary>
    public void DropOldest()
    {
        CryptographicOperations.ZeroMemory(Place(_oldest));
        _oldest = (_oldest + 1) % _completed.Length;
        Count--;
    }

    /// <summary>Zeroes every block.</summary>
    public void Clear()
    {
        while (Count > 0)
            DropOldest();
    }

    /// <summary>Zeroes the memory and gives it back.</summary>
    public void Dispose()
    {
        Count = 0;
        _memory.Dispose();
    }

    private Span<byte> Place(int place) => _memory.Span.Slice(place * _blockBytes, _blockBytes);
}
