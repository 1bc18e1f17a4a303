using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class GarbageCollectionsTests
{
    [Fact]
    public void Now_AfterACollection_Differs()
    {
        var before = GarbageCollections.Now();
        GC.Collect();
        var after = GarbageCollections.Now();
        Assert.True(after.Count > before.Count);
        Assert.True(after.Paused > before.Paused);
    }

    [Fact]
    public void Now_PauseOfACollectionThatWasCountedBefore_Differs()
    {
        var before = new GarbageCollections(7, TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(before, before with { Paused = TimeSpan.FromMilliseconds(2) });
    }

    [Fact]
    public void Now_ManyTimes_AllocatesNothing()
    {
        _ = GarbageCollections.Now();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            _ = GarbageCollections.Now();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
