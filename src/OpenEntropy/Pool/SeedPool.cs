namespace OpenEntropy.Pool;

/// <summary>
/// A bounded ring of seed blocks of full entropy. Each is handed out once, zeroed when taken, and zeroed unused when it grows too old or a
/// newer one needs its place. Generators take the youngest, entropy-limited output the oldest. Ages are looked at with every use, count or
/// new block: a pool that nobody touches keeps blocks past their age, unused, until it is disposed.
/// </summary>
internal sealed class SeedPool : IDisposable
{
    /// <summary>The most blocks one seed takes: two where the hash gives fewer than 384 bits.</summary>
    private const int SeedBlocks = 2;

    private readonly Lock _gate = new();
    private readonly BlockRing _ring;
    private readonly TimeProvider _time;
    private readonly TimeSpan _maximumAge;
    private int _owed;
    private long _addedInEpoch;
    private int _epoch;
    private bool _disposed;
    private SeedPoolCounts _counts;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>An empty pool.</summary>
    /// <param name="capacity">Blocks.</param>
    /// <param name="blockBytes">Bytes in a block.</param>
    /// <param name="maximumAge">Past it a block is zeroed, never used.</param>
    /// <param name="time">Dates the blocks.</param>
    /// <param name="memory">For tests: where the blocks lie; null: memory of its own.</param>
    public SeedPool(int capacity, int blockBytes, TimeSpan maximumAge, TimeProvider time, LockedMemory? memory = null)
    {
        Capacity = capacity;
        BlockBytes = blockBytes;
        _ring = new BlockRing(capacity, blockBytes, memory);
        _maximumAge = maximumAge;
        _time = time;
        _owed = capacity;
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
                return _counts with { Available = _ring.Count };
            }
        }
    }

    /// <summary>
    /// True while blocks are wanted as fast as they can be made: until the pool was filled once, then in place of those that were used or
    /// discarded, for those who ask in vain, and while it holds less than a seed. Places freed by age are refilled without haste.
    /// </summary>
    public bool WantsBlocks
    {
        get
        {
            lock (_gate)
            {
                Expire_NeedsLock();
                return _owed > 0 || _ring.Count < SeedBlocks;
            }
        }
    }

    /// <summary>Blocks accepted since the start or since the last sign of a resume.</summary>
    public long AddedInEpoch
    {
        get
        {
            lock (_gate)
                return _addedInEpoch;
        }
    }

    /// <summary>Whether the blocks are kept out of swap and out of core dumps.</summary>
    public (bool Locked, bool DumpExcluded) Protection => (_ring.Memory.IsLocked, _ring.Memory.IsDumpExcluded);

    /// <summary>Puts a block in, in place of the oldest when the pool is full.</summary>
    /// <param name="block">A complete block; the caller zeroes its copy.</param>
    /// <param name="epoch">The resume epoch in which its gathering began; a block from before a resume is refused.</param>
    public void Add(ReadOnlySpan<byte> block, int epoch)
    {
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

            Expire_NeedsLock();
            if (_ring.IsFull)
            {
                _ring.DropOldest();
                _counts = _counts with { Replaced = _counts.Replaced + 1 };
            }
            _ring.Append(block, _time.GetTimestamp());
            _owed = Math.Max(0, _owed - 1);
            _addedInEpoch++;
            _changed.SetResult();
            _changed = NewSignal();
        }
    }

    /// <summary>Takes the youngest blocks, all or none, for a seed.</summary>
    /// <param name="blocks">Receives whole blocks, one after the other.</param>
    /// <param name="completed">When the youngest of them was completed, a timestamp of the time provider.</param>
    public bool TryTakeYoungest(Span<byte> blocks, out long completed)
    {
        Span<long> dates = stackalloc long[blocks.Length / BlockBytes];
        var taken = TryTakeYoungest(blocks, dates);
        completed = taken ? dates[0] : 0;
        return taken;
    }

    /// <summary>Takes the youngest blocks, all or none, for several seeds.</summary>
    /// <param name="blocks">Receives whole blocks, youngest first.</param>
    /// <param name="completed">Receives when each was completed, timestamps of the time provider.</param>
    public bool TryTakeYoungest(Span<byte> blocks, Span<long> completed)
    {
        lock (_gate)
        {
            if (!TryUse_NeedsLock(blocks))
                return false;
            _ring.TakeYoungest(blocks, completed);
            return true;
        }
    }

    /// <summary>Blocks that were taken were not used after all: their taker zeroed them, and they are counted as discarded.</summary>
    /// <param name="blocks">How many.</param>
    public void Forfeit(int blocks)
    {
        lock (_gate)
            _counts = _counts with { Used = _counts.Used - blocks, Discarded = _counts.Discarded + blocks };
    }

    /// <summary>Takes the oldest blocks, all or none, for entropy-limited output.</summary>
    /// <param name="blocks">Receives whole blocks, one after the other.</param>
    public bool TryTakeOldest(Span<byte> blocks)
    {
        lock (_gate)
        {
            if (!TryUse_NeedsLock(blocks))
                return false;
            _ring.TakeOldest(blocks);
            return true;
        }
    }

    /// <summary>Waits until the pool may hold that many blocks.</summary>
    /// <param name="blocks">Blocks wanted, at most the capacity.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when the time ran out or the pool was disposed.</returns>
    public async ValueTask<bool> WaitAsync(int blocks, TimeSpan timeout, CancellationToken cancellation)
    {
        var start = _time.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_disposed)
                    return false;
                Expire_NeedsLock();
                if (_ring.Count >= blocks)
                    return true;
                Owe_NeedsLock(blocks);
                changed = _changed.Task;
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
            _addedInEpoch = 0;
            Discard_NeedsLock();
        }
    }

    /// <summary>Zeroes everything and ends every wait.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            Discard_NeedsLock();
            _disposed = true;
            _ring.Dispose();
            _changed.SetResult(); // replaced by nobody any more
        }
    }

    private bool TryUse_NeedsLock(ReadOnlySpan<byte> blocks)
    {
        Expire_NeedsLock();
        var wanted = blocks.Length / BlockBytes;
        if (_disposed)
            return false;
        if (_ring.Count < wanted)
        {
            Owe_NeedsLock(wanted);
            return false;
        }

        _owed += wanted;
        _counts = _counts with { Used = _counts.Used + wanted };
        return true;
    }

    /// <summary>Somebody asks for more than there is.</summary>
    private void Owe_NeedsLock(int wanted) => _owed = Math.Max(_owed, Math.Min(wanted, Capacity) - _ring.Count);

    private void Expire_NeedsLock()
    {
        if (!_disposed && _ring.IsWiped)
            Discard_NeedsLock();
        while (_ring.Count > 0 && _time.GetElapsedTime(_ring.OldestCompleted) > _maximumAge)
        {
            _ring.DropOldest();
            _counts = _counts with { Expired = _counts.Expired + 1 };
        }
    }

    private void Discard_NeedsLock()
    {
        _counts = _counts with { Discarded = _counts.Discarded + _ring.Count };
        _ring.Clear();
        _owed = Capacity;
    }

    /// <summary>Its waiters go on elsewhere, so that it may be set under the lock.</summary>
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
