using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;

namespace OpenEntropy.Server.Hardening;

/// <summary>Gives the web server <see cref="ClearedBlocks"/> for what it receives and sends.</summary>
internal sealed class ClearedBlocksFactory : IMemoryPoolFactory<byte>
{
    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new ClearedBlocks();
}

/// <summary>
/// Blocks of memory that are zeroed when they come back, so that no passphrase, key or byte that went through a connection stays behind it. Pinned, so that
/// the collector leaves no copies. To zero a block costs less than a thousandth of a request.
/// </summary>
internal sealed class ClearedBlocks : MemoryPool<byte>
{
    /// <summary>Bytes of a block, as Kestrel's own pool has them.</summary>
    public const int BlockBytes = 4096;

    /// <summary>Blocks that are kept for later; more are left to the collector.</summary>
    private const int MostIdle = 2048;

    private readonly ConcurrentQueue<Block> _idle = new();
    private int _count;
    private volatile bool _isDisposed;

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockBytes;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_idle.TryDequeue(out var block))
        {
            return new Block(this);
        }

        Interlocked.Decrement(ref _count);
        return block;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        _idle.Clear();
    }

    private void Return(Block block)
    {
        if (_isDisposed)
        {
            return;
        }

        if (Interlocked.Increment(ref _count) <= MostIdle)
        {
            _idle.Enqueue(block);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private sealed class Block(ClearedBlocks pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateArray<byte>(BlockBytes, pinned: true);

        public Memory<byte> Memory => _bytes;

        public void Dispose()
        {
            CryptographicOperations.ZeroMemory(_bytes);
            pool.Return(this);
        }
    }
}
