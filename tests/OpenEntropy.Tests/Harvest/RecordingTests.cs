using System.Diagnostics;
using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

/// <summary>Recorded samples earn nothing, enter no block, and are never more than every other turn of a source.</summary>
public sealed class RecordingTests
{
    private const int LongestTurn = 4096;
    private const double Share = 0.01;

    /// <summary>Bounds a wait for another thread; no expectation depends on it.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Record_CreditedSource_TakesAtMostHalfAndEarnsNothing()
    {
        await using var pool = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(pool.HarvestBlocks(20));
        var start = pool["one"];
        var absorbed = pool.Pool.Status.AssessedBitsIn;
        var others = pool["two"].CreditedBits;
        var samples = new byte[30_000];
        using var recording = pool.Pool.Record("one", samples, Share);
        var now = start;
        Assert.True(
            pool.HarvestUntil(() =>
            {
                now = pool["one"];
                var recorded = now.RawSamples - start.RawSamples;
                Assert.True(recorded <= Kept(now) - Kept(start) + LongestTurn, $"{recorded} recorded, {Kept(now) - Kept(start)} kept");
                return recording.IsComplete;
            })
        );

        // What went into the conditioner is what was kept, and of it alone anything was earned.
        var credited = now.CreditedBits - start.CreditedBits;
        Assert.Equal(credited + pool["two"].CreditedBits - others, pool.Pool.Status.AssessedBitsIn - absorbed, 6);
        Assert.InRange(3 * credited, 0.95 * (Kept(now) - Kept(start)), Kept(now) - Kept(start) + 0.001);
        Assert.Equal((0, samples.Length), (recording.Remaining, recording.Count));
    }

    [Fact]
    public async Task Record_PrivateSource_IsRefusedAndAnotherIsRecordedMeanwhile()
    {
        await using var pool = new ScriptedPool(null, new ScriptedNoiseSource("one"), new("ear") { Private = true });
        Assert.Contains(
            "may tell of people",
            Assert.Throws<ArgumentException>(() => pool.Pool.Record("ear", new byte[100], Share)).Message,
            StringComparison.Ordinal
        );
        using var recording = pool.Pool.Record("one", new byte[100], Share);
        Assert.True(pool.HarvestUntil(() => recording.IsComplete));
    }

    [Fact]
    public async Task Record_WhilePoolFills_TakesOneTurnInEight()
    {
        var options = new EntropyPoolOptions();
        options.Pool.Capacity = 65_536;
        ScriptedNoiseSource[] sources = [new("one") { AtMost = 1 }, new("two") { AtMost = 1 }];
        await using var pool = new ScriptedPool(options, sources);
        Assert.True(pool.HarvestUntil(() => pool["one"].Healthy && pool["two"].Healthy));
        var start = pool["one"];
        using var recording = pool.Pool.Record("one", new byte[100], Share);
        Assert.True(pool.HarvestUntil(() => recording.IsComplete));
        var kept = Kept(pool["one"]) - Kept(start);
        Assert.InRange(kept, 700, 710);
    }

    [Fact]
    public async Task Record_PoolFull_TakesEveryOtherTurn()
    {
        var options = new EntropyPoolOptions();
        options.Pool.Capacity = 8;
        ScriptedNoiseSource[] sources = [new("one") { AtMost = 8 }, new("two") { AtMost = 8 }];
        await using var pool = new ScriptedPool(options, sources);
        Assert.True(pool.HarvestUntil(() => !pool.Pool.Parts.Pool.WantsBlocks));
        var start = pool["one"];
        using var recording = pool.Pool.Record("one", new byte[800], Share);
        Assert.True(pool.HarvestUntil(() => recording.IsComplete));
        Assert.InRange(Kept(pool["one"]) - Kept(start), 800, 840);
    }

    [Fact]
    public async Task Record_CountingSource_HoldsItsOwnSamplesInOrderAndOthersGetNone()
    {
        var counting = new ScriptedNoiseSource("counting", position => (byte)position) { Claim = 0 };
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), counting]);
        var samples = new byte[5000];
        var completed = 0;
        using var recording = pool.Pool.Record("counting", samples, Share, () => completed++);
        Assert.True(pool.HarvestUntil(() => recording.IsComplete));
        var steps = Enumerable.Range(1, samples.Length - 1).Count(i => (byte)(samples[i] - samples[i - 1]) == 1);

        // Between two recorded turns at least one was kept; within a turn every sample follows the one before.
        Assert.True(steps > samples.Length / 2, $"{steps} steps");
        Assert.Equal((1, 0L, 0L), (completed, pool["one"].RawSamples, pool["two"].RawSamples));
        Assert.Equal(0, pool.Pool.Status.RawOutputBytes);
    }

    [Theory]
    [InlineData(false, 8, 8)]
    [InlineData(true, 2, 14)]
    public async Task RunRecordingTurn_CollectionsThatOutlastThePatience_KeepAsManyBetweenAsForAnyOther(bool filling, int wanted, int kept)
    {
        // Each takes one turn to begin and another to fetch.
        var slow = new ScriptedNoiseSource("slow")
        {
            Claim = 0,
            AtMost = 1,
            Busy = begins => SpinWait.SpinUntil(() => !begins, TimeSpan.FromMilliseconds(80)),
        };
        await using var pool = new ScriptedPool(null, filling ? [.. ScriptedPool.TwoLively(), slow] : [slow]);
        using var recording = pool.Pool.Record("slow", new byte[wanted], Share);
        using var idle = new ManualResetEventSlim();
        var start = Stopwatch.GetTimestamp();
        while (!recording.IsComplete)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_bound, $"{recording.Count} recorded, {Kept(pool["slow"])} kept");
            if (!pool.Pool.Parts.Harvester.RunRecordingTurn())
                idle.Wait(TimeSpan.FromMilliseconds(1)); // a spinning harvest would keep the source from its processor
        }

        Assert.Equal((wanted, kept), (pool["slow"].RawSamples, Kept(pool["slow"])));
    }

    [Fact]
    public async Task RunRecordingTurn_CreditedSource_KeepsEveryOtherTurnForThePool()
    {
        await using var pool = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(pool.HarvestBlocks(20));
        var (start, other) = (pool["one"], pool["two"]);
        Assert.False(pool.Pool.Parts.Harvester.RunRecordingTurn());
        using var recording = pool.Pool.Record("one", new byte[30_000], Share);
        for (var turns = 0; !recording.IsComplete && turns < 1_000_000; turns++)
        {
            if (!pool.Pool.Parts.Harvester.RunRecordingTurn())
                Thread.Yield();
            var now = pool["one"];
            Assert.True(now.RawSamples - start.RawSamples <= Kept(now) - Kept(start) + LongestTurn);
        }

        Assert.True(recording.IsComplete);
        Assert.True(recording.Budget.Wait > TimeSpan.Zero);
        Assert.True(pool["one"].CreditedBits > start.CreditedBits);
        Assert.Equal(other.Samples, pool["two"].Samples);
        Assert.False(pool.Pool.Parts.Harvester.RunRecordingTurn());
    }

    [Fact]
    public async Task Record_WhileOneIsUnderWay_IsRefusedUntilItEnds()
    {
        await using var pool = new ScriptedPool(null, ScriptedPool.TwoLively());
        var first = pool.Pool.Record("one", new byte[10], Share);
        Assert.Throws<InvalidOperationException>(() => pool.Pool.Record("two", new byte[10], Share));
        first.Dispose();
        using var second = pool.Pool.Record("two", new byte[10], Share);
        first.Dispose();
        Assert.True(pool.HarvestUntil(() => second.IsComplete));
        Assert.Equal(0, first.Count);
        Assert.Throws<ArgumentException>(() => pool.Pool.Record("three", new byte[10], Share));
        Assert.Throws<ArgumentException>(() => pool.Pool.Record("one", default, Share));
    }

    [Fact]
    public async Task Dispose_InTheMiddle_WritesNothingMore()
    {
        await using var pool = new ScriptedPool(null, ScriptedPool.TwoLively());
        var samples = new byte[1_000_000];
        var recording = pool.Pool.Record("one", samples, Share);
        Assert.True(pool.HarvestUntil(() => recording.Count > 0));
        recording.Dispose();
        var count = recording.Count;
        Assert.True(pool.HarvestBlocks(10));
        Assert.Equal(count, recording.Count);
        Assert.DoesNotContain(samples.Skip(count), sample => sample != 0);
    }

    [Fact]
    public async Task Record_SourceThatFails_KeepsItsRawSamplesAndItsTests()
    {
        var stuck = new ScriptedNoiseSource("stuck");
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), stuck]);
        Assert.True(pool.HarvestUntil(() => pool["stuck"].Healthy));
        using var recording = pool.Pool.Record("stuck", new byte[1_000_000], Share);
        Assert.True(pool.HarvestUntil(() => recording.Count > 0));
        stuck.Override = _ => 9;
        Assert.True(pool.HarvestUntil(() => pool["stuck"].State == SourceState.PermanentlyFailed));
        var credited = pool["stuck"].CreditedBits;
        Assert.True(pool.HarvestBlocks(10));
        Assert.Equal(credited, pool["stuck"].CreditedBits);
        Assert.False(recording.IsComplete);
    }

    private static long Kept(EntropySourceStatus status) => status.Samples - Disturbed(status) - status.RawSamples;

    private static long Disturbed(EntropySourceStatus status) =>
        status.Dropped["garbage_collection"] + status.Dropped["clock_jump"] + status.Dropped["stop"];
}
