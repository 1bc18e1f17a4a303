using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class CollectionTimesTests
{
    [Fact]
    public void Add_OnEachBoundAndJustBeyond_CountsABoundInItsOwnBucket()
    {
        var times = new CollectionTimes();
        foreach (var bound in CollectionTimes.Bounds)
        {
            times.Add(TimeSpan.FromSeconds(bound));
            times.Add(TimeSpan.FromSeconds(bound) + TimeSpan.FromTicks(1));
        }

        Assert.Equal([1, .. Enumerable.Repeat(2L, CollectionTimes.Bounds.Count - 1), 1], times.Counts);
        Assert.Equal(CollectionTimes.Bounds.Order(), CollectionTimes.Bounds);
        Assert.Equal((2 * CollectionTimes.Bounds.Sum()) + (CollectionTimes.Bounds.Count * 1e-7), times.TotalSeconds, 9);
    }

    [Fact]
    public void Copy_CountedOnAfterwards_StaysAsItWas()
    {
        var times = new CollectionTimes();
        times.Add(TimeSpan.Zero);

        var copy = times.Copy();
        times.Add(TimeSpan.Zero);
        times.Add(TimeSpan.FromHours(1));

        Assert.Equal((1, 0, 0), (copy.Counts[0], copy.Counts[^1], copy.TotalSeconds));
        Assert.Equal((2, 1, 3600), (times.Counts[0], times.Counts[^1], times.TotalSeconds));
    }

    [Fact]
    public void Status_AfterTurns_CountsEachThatGaveSamples()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("lively", i => (byte)(i * 7)));
        turns.Until(() => turns.Status.CollectionTimes.Counts.Sum() >= 3, atMost: 10);

        var status = turns.Status;
        Assert.Equal(status.CollectionSeconds, status.CollectionTimes.TotalSeconds, 9);
        Assert.True(status.CollectionTimes.TotalSeconds > 0);
        Assert.True(status.CollectionTimes.Counts.Sum() <= status.Samples);
        Assert.True(10 * status.CollectionTimes.Counts.Sum() >= status.Samples);
    }
}
