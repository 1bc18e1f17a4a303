using OpenEntropy.Drills;

namespace OpenEntropy.Pool;

/// <summary>
/// A bounded ring of seed blocks of full entropy. Each is handed out once, zeroed when taken, and zeroed unused when it grows too old or a
/// newer one needs its place. Generators take the youngest, entropy-limited output the oldest.
/// </summary>
internal sealed class SeedPool : IDisposable
{
    /// <summary>The most blocks one seed takes: two where the hash gives fewer than 384 bits.</summary>
    private const int SeedBlocks = 2;

    private readonly Lock _gate = new();
    private readonly AgedBlocks _blocks;
    private readonly TimeProvider _time;
    private BlockDebt _debt;
    private bool _disposed;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>An empty pool.</summary>
    /// <param name="capacity">Blocks.</param>
    /// <param name="blockBytes">Bytes in a block.</param>
    /// <param name="maximumAge">Past it a block is zeroed, never used.</param>
    /// <param name="time">Dates the blocks.</param>
    /// <param name="memory">For tests: where the blocks lie; null: memory of its own.</param>
    /// <param name="withholding">What keeps blocks from coming and going; null: nothing does.</param>
    public SeedPool(
        int capacity,
        int blockBytes,
        TimeSpan maximumAge,
        TimeProvider time,
        LockedMemory? memory = null,
        Withholding? withholding = null
    )
    {
        Capacity = capacity;
        BlockBytes = blockBytes;
        var ring = new BlockRing(capacity, blockBytes, memory);
        Protection = (ring.Memory.IsLocked, ring.Memory.IsDumpExcluded);
        _blocks = new AgedBlocks(ring, maximumAge, time);
        _time = time;
        Withholding = withholding ?? new Withholding(time);
        Withholding.Released = Wake;
        _debt = new BlockDebt(capacity);
    }

    /// <summary>Blocks it can hold.</summary>
    public int Capacity { get; }

    /// <summary>Bytes in a block.</summary>
    public int BlockBytes { get; }

    /// <summary>Where taken blocks lie until they are used.</summary>
    public LockedRooms Rooms { get; } = new();

    /// <summary>Whether the blocks are kept out of swap and out of core dumps.</summary>
    public (bool Locked, bool DumpExcluded) Protection { get; }

    /// <summary>What keeps blocks from coming and going.</summary>
    public Withholding Withholding { get; }

    /// <summary>The counts so far; of what is withheld nothing is available.</summary>
    public SeedPoolCounts Counts
    {
        get
        {
            lock (_gate)
            {
                ForgetInChild_NeedsLock();
                return Withholding.KeepsBlocksIn ? _blocks.Counts with { Available = 0 } : _blocks.Counts;
            }
        }
    }

    /// <summary>
    /// True while blocks are wanted as fast as they can be made: until the pool was filled once, then in place of those that were used or
    /// discarded, for those who ask in vain, and while it holds less than a seed. Places freed by age are refilled without haste. While blocks are kept
    /// out none is worth working hard for.
    /// </summary>
    public bool WantsBlocks
    {
        get
        {
            lock (_gate)
            {
                ForgetInChild_NeedsLock();
                return !Withholding.KeepsBlocksOut && (_debt.Blocks > 0 || _blocks.Count < SeedBlocks);
            }
        }
    }

    /// <summary>Blocks accepted since the start or since the last sign of a resume.</summary>
    public long AddedInEpoch
    {
        get
        {
            lock (_gate)
                return _blocks.AddedInEpoch;
        }
    }

    /// <summary>Puts a block in, in place of the oldest when the pool is full.</summary>
    /// <param name="block">A complete block; the caller zeroes its copy.</param>
    /// <param name="epoch">The resume epoch in which its gathering began; a block from before a resume is refused.</param>
    public void Add(ReadOnlySpan<byte> block, int epoch)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            ForgetInChild_NeedsLock();
            if (!_blocks.Add(block, Withholding.KeepsBlocksOut ? AgedBlocks.NoEpoch : epoch))
                return;
            _debt.Pay();
            Wake_NeedsLock();
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
            if (!TryUse_NeedsLock(completed.Length))
                return false;
            _blocks.TakeYoungest(blocks, completed);
            return true;
        }
    }

    /// <summary>Takes the oldest blocks, all or none, for entropy-limited output.</summary>
    /// <param name="blocks">Receives whole blocks, one after the other.</param>
    public bool TryTakeOldest(Span<byte> blocks)
    {
        lock (_gate)
        {
            var wanted = blocks.Length / BlockBytes;
            if (!TryUse_NeedsLock(wanted))
                return false;
            _blocks.TakeOldest(blocks, wanted);
            return true;
        }
    }

    /// <summary>Blocks that were taken were not used after all: their taker zeroed them, and they are counted as discarded.</summary>
    /// <param name="blocks">How many.</param>
    public void Forfeit(int blocks)
    {
        lock (_gate)
            _blocks.Forfeit(blocks);
    }

    /// <summary>Waits until the pool may hold that many blocks.</summary>
    /// <param name="blocks">Blocks wanted, at most the capacity.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when the time ran out or the pool was disposed.</returns>
    public async ValueTask<bool> WaitAsync(int blocks, TimeSpan timeout, CancellationToken cancellation)
    {
        var start = _time.GetTimestamp();
        while (!Has(blocks, out var changed))
        {
            var left = timeout - _time.GetElapsedTime(start);
            if (changed is null || left <= TimeSpan.Zero)
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

        return true;
    }

    /// <summary>Ends with the next block; null after disposal.</summary>
    public Task? NextBlock
    {
        get
        {
            lock (_gate)
                return _disposed ? null : _changed.Task;
        }
    }

    /// <summary>Somebody asks in vain for what their share of the blocks does not hold: makes the harvest work hard until the pool holds as many.</summary>
    /// <param name="blocks">Blocks.</param>
    public void Want(int blocks)
    {
        lock (_gate)
        {
            if (!_disposed)
                _ = HasOrOwes_NeedsLock(blocks);
        }
    }

    /// <summary>The machine was resumed or cloned: zeroes every block, and refuses those whose gathering began before.</summary>
    /// <param name="epoch">The new resume epoch.</param>
    public void Discard(int epoch)
    {
        lock (_gate)
        {
            _blocks.Discard(epoch);
            _debt = new BlockDebt(Capacity);
        }
    }

    /// <summary>Zeroes everything and ends every wait.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _blocks.Dispose();
            Rooms.Dispose();
            _changed.SetResult(); // replaced by nobody any more
        }
    }

    /// <summary>Who asks in vain makes the harvest work hard; <paramref name="changed"/> ends with the next block, and is null after disposal.</summary>
    private bool Has(int blocks, out Task? changed)
    {
        lock (_gate)
        {
            changed = _disposed ? null : _changed.Task;
            return !_disposed && HasOrOwes_NeedsLock(blocks);
        }
    }

    private bool TryUse_NeedsLock(int wanted)
    {
        if (_disposed || !HasOrOwes_NeedsLock(wanted))
            return false;
        _debt.Use(wanted);
        return true;
    }

    private bool HasOrOwes_NeedsLock(int wanted)
    {
        ForgetInChild_NeedsLock();
        if (Withholding.KeepsBlocksIn)
            return false;
        if (_blocks.Count >= wanted)
            return true;
        _debt.Ask(wanted, _blocks.Count);
        return false;
    }

    /// <summary>Who waits looks again.</summary>
    private void Wake()
    {
        lock (_gate)
        {
            if (!_disposed)
                Wake_NeedsLock();
        }
    }

    private void Wake_NeedsLock()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private void ForgetInChild_NeedsLock()
    {
        if (!_blocks.IsWiped)
            return;
        _blocks.Discard();
        _debt = new BlockDebt(Capacity);
    }

    /// <summary>Its waiters go on elsewhere, so that it may be set under the lock.</summary>
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
