using System.Security.Cryptography;

namespace OpenEntropy.Pool;

/// <summary>
/// A bounded ring of seed blocks of full entropy. Each is handed out once, zeroed when taken, and zeroed unused when it grows too old or a
/// newer one needs its place. Generators take the youngest, entropy-limited output the oldest.
/// </summary>
internal sealed class SeedPool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LockedMemory _memory;
    private readonly long[] _completed;
    private readonly TimeProvider _time;
    private readonly TimeSpan _maximumAge;
    private int _oldest;
    private int _count;
    private int _epoch;
    private bool _disposed;
    private SeedPoolCounts _counts;
    private TaskCompletionSource _added = NewSignal();

    /// <summary>An empty pool.</summary>
    /// <param name="capacity">Blocks.</param>
    /// <param name="blockBytes">Bytes in a block.</param>
    /// <param name="maximumAge">Past it a block is zeroed, never used.</param>
    /// <param name="time">Dates the blocks.</param>
    public SeedPool(int capacity, int blockBytes, TimeSpan maximumAge, TimeProvider time)
    {
        Capacity = capacity;
        BlockBytes = blockBytes;
        _memory = new LockedMemory(capacity * blockBytes);
        _completed = new long[capacity];
        _maximumAge = maximumAge;
        _time = time;
    }

    /// <summary>Blocks it can hold.</summary>
    public int Capacity { get; }

    /// <summary>Bytes in a block.</summary>
    public int BlockBytes { get; }

    /// <summary>The counts so far.</summary>
    public SeedPoolCounts Counts
    {
        get
        {
            lock (_gate)
            {
                Expire_NeedsLock();
                return _counts with { Available = _count };
            }
        }
    }

    /// <summary>True when a new block would replace the oldest.</summary>
    public bool IsFull => Counts.Available == Capacity;

    /// <summary>Puts a block in, in place of the oldest when the pool is full.</summary>
    /// <param name="block">A complete block; the caller zeroes its copy.</param>
    /// <param name="epoch">The resume epoch in which its gathering began; a block from before a resume is refused.</param>
    public void Add(ReadOnlySpan<byte> block, int epoch)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            if (_disposed)
                return;
            _counts = _counts with { Produced = _counts.Produced + 1 };
            if (epoch != _epoch)
            {
                _counts = _counts with { Discarded = _counts.Discarded + 1 };
                return;
            }

            if (_count == Capacity)
            {
                Drop_NeedsLock();
                _counts = _counts with { Replaced = _counts.Replaced + 1 };
            }

            var slot = (_oldest + _count) % Capacity;
            block.CopyTo(Slot(slot));
            _completed[slot] = _time.GetTimestamp();
            _count++;
            signal = _added;
            _added = NewSignal();
        }

        signal.SetResult();
    }

    /// <summary>Takes the youngest block, for a seed.</summary>
    /// <param name="block">Receives <see cref="BlockBytes"/> bytes.</param>
    /// <param name="completed">When it was completed, a timestamp of the time provider.</param>
    public bool TryTakeYoungest(Span<byte> block, out long completed)
    {
        lock (_gate)
        {
            Expire_NeedsLock();
            completed = 0;
            if (_count == 0)
                return false;

            var slot = (_oldest + _count - 1) % Capacity;
            completed = _completed[slot];
            Take_NeedsLock(slot, block);
            return true;
        }
    }

    /// <summary>Takes the oldest blocks, all or none, for entropy-limited output.</summary>
    /// <param name="blocks">Receives whole blocks, one after the other.</param>
    public bool TryTakeOldest(Span<byte> blocks)
    {
        lock (_gate)
        {
            Expire_NeedsLock();
            if (_count < blocks.Length / BlockBytes)
                return false;

            for (var offset = 0; offset < blocks.Length; offset += BlockBytes)
            {
                var slot = _oldest;
                _oldest = (_oldest + 1) % Capacity;
                Take_NeedsLock(slot, blocks.Slice(offset, BlockBytes));
            }

            return true;
        }
    }

    /// <summary>Waits until the pool may hold that many blocks.</summary>
    /// <param name="blocks">Blocks wanted, at most the capacity.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when the time ran out.</returns>
    public async ValueTask<bool> WaitAsync(int blocks, TimeSpan timeout, CancellationToken cancellation)
    {
        var start = _time.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                Expire_NeedsLock();
                if (_count >= blocks)
                    return true;
                changed = _added.Task;
            }

            var left = timeout - _time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                return false;
            try
            {
                await changed.WaitAsync(left, _time, cancellation);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    /// <summary>The machine was resumed or cloned: zeroes every block, and refuses those whose gathering began before.</summary>
    /// <param name="epoch">The new resume epoch.</param>
    public void Discard(int epoch)
    {
        lock (_gate)
        {
            _epoch = epoch;
            _counts = _counts with { Discarded = _counts.Discarded + _count };
            while (_count > 0)
                Drop_NeedsLock();
        }
    }

    /// <summary>Zeroes everything.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _count = 0;
            _memory.Dispose();
        }
    }

    private Span<byte> Slot(int slot) => _memory.Span.Slice(slot * BlockBytes, BlockBytes);

    private void Take_NeedsLock(int slot, Span<byte> block)
    {
        Slot(slot).CopyTo(block);
        CryptographicOperations.ZeroMemory(Slot(slot));
        _count--;
        _counts = _counts with { Used = _counts.Used + 1 };
    }

    private void Drop_NeedsLock()
    {
        CryptographicOperations.ZeroMemory(Slot(_oldest));
        _oldest = (_oldest + 1) % Capacity;
        _count--;
    }

    private void Expire_NeedsLock()
    {
        while (_count > 0 && _time.GetElapsedTime(_completed[_oldest]) > _maximumAge)
        {
            Drop_NeedsLock();
            _counts = _counts with { Expired = _counts.Expired + 1 };
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
