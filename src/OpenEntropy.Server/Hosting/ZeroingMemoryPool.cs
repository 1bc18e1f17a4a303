using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Server.Hosting;

/// <summary>
/// Pinned blocks of two lengths, zeroed when they are given back. Those that are kept for the next take 7 MiB at most; the rest is the garbage
/// collector's.
/// </summary>
internal sealed class ZeroingMemoryPool : MemoryPool<byte>
{
    // For 64 clients each: one block to read into and three to write to, and of long answers what a connection takes before it pauses.
    private const int KeptBlocks = 256;
    private const int KeptLargeBlocks = 192;

    private readonly Shelf _blocks = new(TransportMemory.Block, KeptBlocks);
    private readonly Shelf _largeBlocks = new(TransportMemory.LargeBlock, KeptLargeBlocks);

    /// <inheritdoc/>
    public override int MaxBufferSize => TransportMemory.LargeBlock;

    /// <summary>Rents a block.</summary>
    /// <param name="minBufferSize">Bytes; -1 for a short block.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is longer than <see cref="MaxBufferSize"/>, or negative.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minBufferSize, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, MaxBufferSize);
        return (minBufferSize <= TransportMemory.Block ? _blocks : _largeBlocks).Take();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Blocks that are rented still go back later, to no shelf.
        _blocks.Close();
        _largeBlocks.Close();
    }

    /// <summary>Blocks of one length that wait to be rented.</summary>
    /// <param name="length">Their length, bytes.</param>
    /// <param name="most">How many are kept.</param>
    private sealed class Shelf(int length, int most)
    {
        private readonly ConcurrentQueue<Block> _waiting = new();
        private int _room = most;

        public Block Take()
        {
            if (_waiting.TryDequeue(out var block))
            {
                Interlocked.Increment(ref _room);
                block.IsRented = true;
                return block;
            }

            return new Block(this, length);
        }

        public void Return(Block block)
        {
            if (Interlocked.Decrement(ref _room) >= 0)
            {
                _waiting.Enqueue(block);
            }
            else
            {
                Interlocked.Increment(ref _room);
            }
        }

        public void Close()
        {
            Interlocked.Add(ref _room, int.MinValue / 2);
            _waiting.Clear();
        }
    }

    private sealed class Block(Shelf shelf, int length) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateArray<byte>(length, pinned: true);
        private int _isRented = 1;

        public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_bytes, 0, _bytes.Length);

        public bool IsRented
        {
            set => Volatile.Write(ref _isRented, value ? 1 : 0);
        }

        public void Dispose()
        {
            // Given back twice it would be rented twice at once.
            if (Interlocked.Exchange(ref _isRented, 0) == 1)
            {
                CryptographicOperations.ZeroMemory(_bytes);
                shelf.Return(this);
            }
        }
    }
}
