namespace OpenEntropy.Pool;

/// <summary>
/// The blocks of a pool with their ages, their resume epoch and their account. Ages are looked at with every call: blocks that nobody asks
/// about stay past their age, unused, until the owner disposes of them. Its owner locks.
/// </summary>
/// <param name="ring">Where the blocks lie.</param>
/// <param name="maximumAge">Past it a block is zeroed, never used.</param>
/// <param name="time">Dates the blocks.</param>
internal sealed class AgedBlocks(BlockRing ring, TimeSpan maximumAge, TimeProvider time)
{
    /// <summary>No block is of it: one that is said to be is refused.</summary>
    public const int NoEpoch = -1;

    private SeedPoolCounts _counts;
    private int _epoch;
    private bool _disposed;

    /// <summary>The counts so far.</summary>
    public SeedPoolCounts Counts
    {
        get
        {
            Expire();
            return _counts with { Available = ring.Count };
        }
    }

    /// <summary>Blocks at hand.</summary>
    public int Count
    {
        get
        {
            Expire();
            return ring.Count;
        }
    }

    /// <summary>Blocks accepted since the start or since the last sign of a resume.</summary>
    public long AddedInEpoch { get; private set; }

    /// <summary>True when what the blocks lay in was wiped: this is a forked child.</summary>
    public bool IsWiped => !_disposed && ring.IsWiped;

    /// <summary>Puts a block in, in place of the oldest when there is no room.</summary>
    /// <param name="block">A complete block.</param>
    /// <param name="epoch">The resume epoch in which its gathering began; a block from before a resume is refused.</param>
    /// <returns>False when it was refused.</returns>
    public bool Add(ReadOnlySpan<byte> block, int epoch)
    {
        Expire();
        _counts = _counts with { Produced = _counts.Produced + 1 };
        if (epoch != _epoch)
        {
            _counts = _counts with { Discarded = _counts.Discarded + 1 };
            return false;
        }

        if (ring.IsFull)
        {
            ring.DropOldest();
            _counts = _counts with { Replaced = _counts.Replaced + 1 };
        }

        ring.Append(block, time.GetTimestamp());
        AddedInEpoch++;
        return true;
    }

    /// <summary>Takes the youngest blocks. There are as many.</summary>
    /// <param name="blocks">Receives whole blocks, youngest first.</param>
    /// <param name="completed">Receives when each was completed, timestamps of the time provider.</param>
    public void TakeYoungest(Span<byte> blocks, Span<long> completed)
    {
        ring.TakeYoungest(blocks, completed);
        _counts = _counts with { Used = _counts.Used + completed.Length };
    }

    /// <summary>Takes the oldest blocks. There are as many.</summary>
    /// <param name="blocks">Receives whole blocks, one after the other.</param>
    /// <param name="count">How many.</param>
    public void TakeOldest(Span<byte> blocks, int count)
    {
        ring.TakeOldest(blocks);
        _counts = _counts with { Used = _counts.Used + count };
    }

    /// <summary>Blocks that were taken were not used after all.</summary>
    /// <param name="blocks">How many.</param>
    public void Forfeit(int blocks) => _counts = _counts with { Used = _counts.Used - blocks, Discarded = _counts.Discarded + blocks };

    /// <summary>Zeroes every block.</summary>
    public void Discard()
    {
        _counts = _counts with { Discarded = _counts.Discarded + ring.Count };
        ring.Clear();
    }

    /// <summary>Zeroes every block and refuses those whose gathering began before.</summary>
    /// <param name="epoch">The new resume epoch.</param>
    public void Discard(int epoch)
    {
        Discard();
        (_epoch, AddedInEpoch) = (epoch, 0);
    }

    /// <summary>Zeroes every block and gives the memory back.</summary>
    public void Dispose()
    {
        Discard();
        _disposed = true;
        ring.Dispose();
    }

    private void Expire()
    {
        while (ring.Count > 0 && time.GetElapsedTime(ring.OldestCompleted) > maximumAge)
        {
            ring.DropOldest();
            _counts = _counts with { Expired = _counts.Expired + 1 };
        }
    }
}
