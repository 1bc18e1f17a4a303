using OpenEntropy.Drills;

namespace OpenEntropy.Pool;

/// <summary>What a pool holds and what it is owed: its blocks, as far as nothing withholds them, and how many are wanted. Its owner locks.</summary>
/// <param name="ring">Where the blocks lie.</param>
/// <param name="maximumAge">Past it a block is zeroed, never used.</param>
/// <param name="time">Dates the blocks.</param>
/// <param name="withholding">What keeps blocks from coming and going.</param>
internal sealed class HeldBlocks(BlockRing ring, TimeSpan maximumAge, TimeProvider time, Withholding withholding) : IDisposable
{
    /// <summary>The most blocks one seed takes: two where the hash gives fewer than 384 bits.</summary>
    private const int SeedBlocks = 2;

    private readonly AgedBlocks _blocks = new(ring, maximumAge, time);
    private BlockDebt _debt = new(ring.Capacity);
    private bool _disposed;

    /// <summary>The counts so far; of what is withheld nothing is available.</summary>
    public SeedPoolCounts Counts
    {
        get
        {
            ForgetInChild();
            return withholding.KeepsBlocksIn ? _blocks.Counts with { Available = 0 } : _blocks.Counts;
        }
    }

    /// <summary>Whether blocks are wanted as fast as they can be made, and would be let in.</summary>
    public bool AreWanted
    {
        get
        {
            ForgetInChild();
            return !withholding.KeepsBlocksOut && (_debt.Blocks > 0 || _blocks.Count < SeedBlocks);
        }
    }

    /// <summary>Blocks accepted since the start or since the last sign of a resume.</summary>
    public long AddedInEpoch => _blocks.AddedInEpoch;

    /// <summary>Puts a block in, in place of the oldest when there is no room.</summary>
    /// <param name="block">A complete block.</param>
    /// <param name="epoch">The resume epoch in which its gathering began.</param>
    /// <returns>False when it was refused, and after disposal.</returns>
    public bool Add(ReadOnlySpan<byte> block, int epoch)
    {
        if (_disposed)
            return false;
        ForgetInChild();
        if (!_blocks.Add(block, withholding.KeepsBlocksOut ? AgedBlocks.NoEpoch : epoch))
            return false;
        _debt.Pay();
        return true;
    }

    /// <summary>Whether there are so many; where there are not, they are owed. After disposal there are none.</summary>
    /// <param name="wanted">Blocks.</param>
    public bool HasOrOwes(int wanted)
    {
        if (_disposed)
            return false;
        ForgetInChild();
        if (withholding.KeepsBlocksIn)
            return false;
        if (_blocks.Count >= wanted)
            return true;
        _debt.Ask(wanted, _blocks.Count);
        return false;
    }

    /// <summary>Takes the youngest blocks, all or none.</summary>
    /// <param name="blocks">Receives whole blocks, youngest first.</param>
    /// <param name="completed">Receives when each was completed, timestamps of the time provider.</param>
    public bool TryTakeYoungest(Span<byte> blocks, Span<long> completed)
    {
        if (!TryUse(completed.Length))
            return false;
        _blocks.TakeYoungest(blocks, completed);
        return true;
    }

    /// <summary>Takes the oldest blocks, all or none.</summary>
    /// <param name="blocks">Receives whole blocks, one after the other.</param>
    /// <param name="count">How many.</param>
    public bool TryTakeOldest(Span<byte> blocks, int count)
    {
        if (!TryUse(count))
            return false;
        _blocks.TakeOldest(blocks, count);
        return true;
    }

    /// <summary>Blocks that were taken were not used after all.</summary>
    /// <param name="blocks">How many.</param>
    public void Forfeit(int blocks) => _blocks.Forfeit(blocks);

    /// <summary>Zeroes every block and refuses those whose gathering began before.</summary>
    /// <param name="epoch">The new resume epoch.</param>
    public void Discard(int epoch)
    {
        _blocks.Discard(epoch);
        _debt = new BlockDebt(ring.Capacity);
    }

    /// <summary>Zeroes every block and gives the memory back.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _blocks.Dispose();
    }

    private bool TryUse(int wanted)
    {
        if (!HasOrOwes(wanted))
            return false;
        _debt.Use(wanted);
        return true;
    }

    private void ForgetInChild()
    {
        if (!_blocks.IsWiped)
            return;
        _blocks.Discard();
        _debt = new BlockDebt(ring.Capacity);
    }
}
