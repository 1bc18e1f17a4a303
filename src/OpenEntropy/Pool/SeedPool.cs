using OpenEntropy.Drills;

namespace OpenEntropy.Pool;

/// <summary>
/// A bounded ring of seed blocks of full entropy. Each is handed out once, zeroed when taken, and zeroed unused when it grows too old or a
/// newer one needs its place. Generators take the youngest, entropy-limited output the oldest.
/// </summary>
internal sealed class SeedPool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HeldBlocks _blocks;
    private readonly BlockSignal _signal = new();
    private readonly TimeProvider _time;

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
        _time = time;
        Withholding = withholding ?? new Withholding(time);
        _blocks = new HeldBlocks(ring, maximumAge, time, Withholding);
        Withholding.Released = Wake;
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
                return _blocks.Counts;
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
                return _blocks.AreWanted;
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
            if (_blocks.Add(block, epoch))
                _signal.Set();
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
            return _blocks.TryTakeYoungest(blocks, completed);
    }

    /// <summary>Takes the oldest blocks, all or none, for entropy-limited output.</summary>
    /// <param name="blocks">Receives whole blocks, one after the other.</param>
    public bool TryTakeOldest(Span<byte> blocks)
    {
        lock (_gate)
            return _blocks.TryTakeOldest(blocks, blocks.Length / BlockBytes);
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
    public ValueTask<bool> WaitAsync(int blocks, TimeSpan timeout, CancellationToken cancellation) =>
        BlockWait.ForAsync(this, blocks, timeout, _time, cancellation);

    /// <summary>Ends with the next block; null after disposal.</summary>
    public Task? NextBlock
    {
        get
        {
            lock (_gate)
                return _signal.Next;
        }
    }

    /// <summary>Whether it holds as many; where it does not, somebody asks in vain, and the harvest works hard until it does.</summary>
    /// <param name="blocks">Blocks.</param>
    public bool HasOrWants(int blocks)
    {
        lock (_gate)
            return _blocks.HasOrOwes(blocks);
    }

    /// <summary>The machine was resumed or cloned: zeroes every block, and refuses those whose gathering began before.</summary>
    /// <param name="epoch">The new resume epoch.</param>
    public void Discard(int epoch)
    {
        lock (_gate)
            _blocks.Discard(epoch);
    }

    /// <summary>Zeroes everything and ends every wait.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _blocks.Dispose();
            Rooms.Dispose();
            _signal.End();
        }
    }

    /// <summary>Who waits looks again.</summary>
    private void Wake()
    {
        lock (_gate)
            _signal.Set();
    }
}
