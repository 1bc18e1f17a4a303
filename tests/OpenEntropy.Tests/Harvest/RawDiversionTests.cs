using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

/// <summary>Who asks for raw samples gets samples that earn nothing, and never more than half of a credited source's.</summary>
public sealed class RawDiversionTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    [Fact]
    public async Task RunRawTurn_CreditedSource_DivertsAtMostHalfAtEveryMoment()
    {
        await using var pool = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(pool.HarvestBlocks(20));
        var start = pool["one"];
        var absorbed = pool.Pool.Status.AssessedBitsIn;

        var output = new byte[30_000];
        var read = pool.Pool.TryGetRawAsync(["one"], output, s_long, CancellationToken.None).AsTask();
        var now = start;
        for (var turns = 0; !read.IsCompleted && turns < 100_000; turns++)
        {
            pool.Pool.Parts.Harvester.RunRawTurn();
            now = pool["one"];
            var diverted = now.RawSamples - start.RawSamples;

            // What was kept before the demand came is leave for one turn at most.
            Assert.True(diverted <= Kept(now) - Kept(start) + TurnLengthMaximum, $"{diverted} diverted, {Kept(now) - Kept(start)} kept");
        }

        Assert.Null(await read);
        Assert.True(now.RawSamples - start.RawSamples >= output.Length);
        Assert.Equal(now.CreditedBits - start.CreditedBits, pool.Pool.Status.AssessedBitsIn - absorbed, 6);

        // Every kept sample earns a third of a bit, unless stuck (two in about 256 of this script); no diverted one does.
        Assert.InRange(3 * (now.CreditedBits - start.CreditedBits), 0.95 * (Kept(now) - Kept(start)), Kept(now) - Kept(start) + 0.001);
        Assert.Equal(start.Samples - Disturbed(start), Kept(start) + start.RawSamples);
    }

    [Fact]
    public async Task RunRawTurn_AnsweredBytes_AreTheSourcesOwnSamplesInOrder()
    {
        // A counting source (watched for nothing, credited nothing): each answered byte follows the one before.
        var counting = new ScriptedNoiseSource("counting", position => (byte)position) { Claim = 0 };
        await using var pool = new ScriptedPool(null, counting);
        var output = new byte[5000];
        var read = pool.Pool.TryGetRawAsync(["counting"], output, s_long, CancellationToken.None).AsTask();
        TakeRawTurns(pool, read);
        Assert.Null(await read);
        var steps = 0;
        for (var i = 1; i < output.Length; i++)
            steps += (byte)(output[i] - output[i - 1]) == 1 ? 1 : 0;

        // A gap only where this machine disturbed a collection and it was dropped.
        Assert.InRange(steps, output.Length - 1 - 50, output.Length - 1);
        Assert.Equal((0L, 0d), (pool.Pool.Status.BlocksProduced, pool.Pool.Status.AssessedBitsIn));
    }

    [Fact]
    public async Task RunRawTurn_PermanentlyFailedSource_IsServedAndEarnsNothing()
    {
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), new ScriptedNoiseSource("stuck", _ => 9)]);
        Assert.True(pool.HarvestUntil(() => pool["stuck"].State == SourceState.PermanentlyFailed));
        var output = new byte[3000];
        var read = pool.Pool.TryGetRawAsync(["stuck"], output, s_long, CancellationToken.None).AsTask();
        TakeRawTurns(pool, read);
        Assert.Null(await read);
        Assert.All(output, value => Assert.Equal(9, value));
        Assert.Equal((0d, SourceState.PermanentlyFailed), (pool["stuck"].CreditedBits, pool["stuck"].State));
    }

    [Fact]
    public async Task ReadAsync_TimeRunsOut_LeavesNothingBehind()
    {
        var time = new ManualTimeProvider();
        var tap = new OpenEntropy.Harvest.RawTap();
        var output = new byte[10];
        var read = tap.ReadAsync([0, 1], output, TimeSpan.FromSeconds(1), time, CancellationToken.None).AsTask();
        tap.Deliver(0, [1, 2, 3]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await read);
        Assert.All(output, value => Assert.Equal(0, value));
        Assert.False(tap.HasDemand);
        tap.Deliver(0, [1, 2, 3]);
        Assert.All(output, value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task ReadAsync_TimeoutThatCannotBe_WithdrawsTheDemand()
    {
        var tap = new OpenEntropy.Harvest.RawTap();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await tap.ReadAsync([0], new byte[10], TimeSpan.FromSeconds(-2), TimeProvider.System, CancellationToken.None)
        );
        Assert.False(tap.HasDemand);
    }

    [Fact]
    public async Task TryGetRawAsync_PoolDisposed_RefusesThoseWhoWaitAndThoseWhoCome()
    {
        var pool = new ScriptedPool(null, ScriptedPool.TwoLively());
        var output = new byte[100];
        var waiting = pool.Pool.TryGetRawAsync(["one"], output, s_long, CancellationToken.None).AsTask();
        await pool.DisposeAsync();
        Assert.Equal(RefusalReason.Stopped, (await waiting)!.Reason);
        var late = await pool.Pool.TryGetRawAsync(["one"], output, s_long, CancellationToken.None);
        Assert.Equal(RefusalReason.Stopped, late!.Reason);
        Assert.All(output, value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task Deliver_SeveralMembersAndDemands_XorsMembersAndGivesEachSampleOnce()
    {
        var tap = new OpenEntropy.Harvest.RawTap();
        var (first, second) = (new byte[3], new byte[2]);
        var one = tap.ReadAsync([0, 1], first, s_long, TimeProvider.System, CancellationToken.None).AsTask();
        var two = tap.ReadAsync([0], second, s_long, TimeProvider.System, CancellationToken.None).AsTask();
        tap.Deliver(0, [1, 2, 3, 4]);
        Assert.False(tap.Wants(2));
        tap.Deliver(0, [5, 6]);
        tap.Deliver(1, [16, 32, 48]);
        Assert.True(await one);
        Assert.True(await two);
        Assert.Equal<byte>([17, 34, 51], first);
        Assert.Equal<byte>([4, 5], second);
        Assert.Equal(5, tap.Delivered);
    }

    private const int TurnLengthMaximum = 4096;

    private static long Disturbed(EntropySourceStatus status) =>
        status.Dropped["garbage_collection"] + status.Dropped["clock_jump"] + status.Dropped["stop"];

    private static long Kept(EntropySourceStatus status) => status.Samples - Disturbed(status) - status.RawSamples;

    private static void TakeRawTurns(ScriptedPool pool, Task read)
    {
        for (var turns = 0; !read.IsCompleted && turns < 1_000_000; turns++)
        {
            if (!pool.Pool.Parts.Harvester.RunRawTurn())
                Thread.Yield();
        }
    }
}
