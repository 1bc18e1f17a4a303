using OpenEntropy.Pool;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Pool;

public sealed class SeedPoolTests : IDisposable
{
    private const int Capacity = 4;
    private const int BlockBytes = 48;
    private static readonly TimeSpan s_maximumAge = TimeSpan.FromMinutes(10);

    private readonly ManualTimeProvider _time = new();
    private readonly LockedMemory _memory;
    private readonly SeedPool _pool;
    private byte[]? _released;

    public SeedPoolTests()
    {
        _memory = new LockedMemory(BlockRing.MemoryBytes(Capacity, BlockBytes), region => _released = region.ToArray());
        _pool = new SeedPool(Capacity, BlockBytes, s_maximumAge, _time, _memory);
    }

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void TryTakeYoungest_OfThree_GivesThemYoungestFirstAndEachOnce()
    {
        Add(1, 2, 3);
        Assert.Equal([3, 2, 1], [Youngest(), Youngest(), Youngest()]);
        Assert.Equal(0, Youngest());
        Assert.Equal(new SeedPoolCounts(0, 3, 3, 0, 0, 0), _pool.Counts);
    }

    [Fact]
    public void TryTakeOldest_OfThree_GivesThemOldestFirstAndEachOnce()
    {
        Add(1, 2, 3);
        Assert.Equal([1, 2], Oldest(2));
        Assert.Equal([3], Oldest(1));
        Assert.Empty(Oldest(1));
    }

    [Fact]
    public void TryTake_FromBothEnds_NeverMeets()
    {
        Add(1, 2, 3);
        Assert.Equal(3, Youngest());
        Assert.Equal([1], Oldest(1));
        Add(4, 5);
        Assert.Equal([2, 4, 5], Oldest(3));
    }

    [Fact]
    public void TryTakeOldest_MoreThanThereAre_TakesNone()
    {
        Add(1, 2);
        var blocks = ScriptedBytes.Of(3 * BlockBytes, 9);
        Assert.False(_pool.TryTakeOldest(blocks));
        Assert.Equal(ScriptedBytes.Of(3 * BlockBytes, 9), blocks);
        Assert.Equal(2, _pool.Counts.Available);
        Assert.Equal(0, _pool.Counts.Used);
    }

    [Fact]
    public void TryTakeYoungest_TwoWhereThereIsOne_TakesNone()
    {
        // A seed of two blocks: the one that waits for the other must not be lost.
        Add(1);
        Assert.False(_pool.TryTakeYoungest(new byte[2 * BlockBytes], out _));
        Assert.Equal(1, _pool.Counts.Available);
        _time.Advance(TimeSpan.FromSeconds(1));
        Add(2);
        var two = new byte[2 * BlockBytes];
        Assert.True(_pool.TryTakeYoungest(two, out var completed));
        Assert.Equal(_time.GetTimestamp(), completed);
        Assert.Equal([.. Block(2), .. Block(1)], two);
    }

    [Fact]
    public void TryTake_LastBlock_LeavesZerosInMemory()
    {
        Add(1, 2, 3, 4);
        Assert.Equal(Capacity, BlocksInMemory());
        Youngest();
        Assert.Equal(3, BlocksInMemory());
        Oldest(2);
        Assert.Equal(1, BlocksInMemory());
        Youngest();
        Assert.Equal(0, BlocksInMemory());
    }

    [Fact]
    public void Add_ToAFullPool_ReplacesTheOldest()
    {
        Add(1, 2, 3, 4);
        Assert.False(_pool.WantsBlocks);
        Add(5);
        Assert.Equal(new SeedPoolCounts(4, 5, 0, 1, 0, 0), _pool.Counts);
        Assert.False(_memory.Span.IndexOf(Block(1)) >= 0);
        Assert.Equal([2, 3, 4, 5], Oldest(4));
    }

    [Fact]
    public void Counts_PastTheMaximumAge_TheBlockIsZeroedAndNeverUsed()
    {
        Add(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        Add(2);
        _time.Advance(s_maximumAge - TimeSpan.FromMinutes(1));
        Assert.Equal(2, _pool.Counts.Available);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(new SeedPoolCounts(1, 2, 0, 0, 1, 0), _pool.Counts);
        Assert.Equal(1, BlocksInMemory());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, Youngest());
        Assert.Equal(0, BlocksInMemory());
    }

    [Fact]
    public void WantsBlocks_OnceFilled_AgainForUsedOnesAndNotForExpiredOnes()
    {
        Assert.True(_pool.WantsBlocks);
        Add(1);
        _time.Advance(TimeSpan.FromMinutes(5));
        Add(2, 3, 4);
        Assert.False(_pool.WantsBlocks);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(3, _pool.Counts.Available);
        Assert.False(_pool.WantsBlocks);
        Youngest();
        Assert.True(_pool.WantsBlocks);
        Add(5);
        Assert.False(_pool.WantsBlocks);

        // Asked in vain, and less than a seed left: these are worth work, whatever freed the places.
        Oldest(4);
        Assert.True(_pool.WantsBlocks);
        Add(6);
        Assert.False(_pool.WantsBlocks);
        _time.Advance(s_maximumAge + TimeSpan.FromTicks(1));
        Assert.True(_pool.WantsBlocks);
        Add(7, 8);
        Assert.False(_pool.WantsBlocks);
        _pool.Discard(epoch: 1);
        Assert.True(_pool.WantsBlocks);
    }

    [Fact]
    public void Discard_AfterAResume_ZeroesEverythingAndRefusesWhatBeganBefore()
    {
        Add(1, 2, 3);
        _pool.Discard(epoch: 1);
        Assert.Equal(0, BlocksInMemory());
        _pool.Add(Block(4), epoch: 0);
        Assert.Equal(new SeedPoolCounts(0, 4, 0, 0, 0, 4), _pool.Counts);
        Assert.Equal(0, BlocksInMemory());
        _pool.Add(Block(5), epoch: 1);
        Assert.Equal(5, Youngest());
    }

    [Fact]
    public void TryTake_InAForkedChild_FindsNoBlocks()
    {
        // What the kernel does to the child's copy of such memory (madvise(2), MADV_WIPEONFORK): it reads as zeros.
        Add(1, 2);
        _memory.Span.Clear();
        Assert.Equal(0, Youngest());
        Assert.Empty(Oldest(1));
        Assert.Equal(new SeedPoolCounts(0, 2, 0, 0, 0, 2), _pool.Counts);
        Add(3);
        Assert.Equal(3, Youngest());
    }

    [Fact]
    public void Dispose_WithBlocks_ZeroesTheMemoryAndRefusesFromThenOn()
    {
        Add(1, 2, 3);
        _pool.Dispose();
        Assert.NotNull(_released);
        Assert.Equal(-1, _released.AsSpan().IndexOfAnyExcept((byte)0));
        Add(4);
        Assert.Equal(0, Youngest());
        Assert.Empty(Oldest(1));
        Assert.Equal(new SeedPoolCounts(0, 3, 0, 0, 0, 3), _pool.Counts);
        _pool.Discard(epoch: 1);
    }

    /// <summary>Each block is one value, which is not 0, so that a trace of any is seen.</summary>
    private static byte[] Block(byte value) => [.. Enumerable.Repeat(value, BlockBytes)];

    private void Add(params byte[] values)
    {
        foreach (var value in values)
            _pool.Add(Block(value), epoch: 0);
    }

    private byte Youngest()
    {
        var block = new byte[BlockBytes];
        return _pool.TryTakeYoungest(block, out _) ? Assert.Single(block.Distinct()) : (byte)0;
    }

    private byte[] Oldest(int count)
    {
        var blocks = new byte[count * BlockBytes];
        return _pool.TryTakeOldest(blocks) ? [.. blocks.Chunk(BlockBytes).Select(block => Assert.Single(block.Distinct()))] : [];
    }

    private int BlocksInMemory() =>
        _memory.Span[..(Capacity * BlockBytes)].ToArray().Chunk(BlockBytes).Count(place => place.Any(value => value != 0));
}
