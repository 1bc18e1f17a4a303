using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests;

/// <summary>Through the public door.</summary>
public sealed class EntropyPoolTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task EveryOutput_BeforeTheStartupTestsPass_GivesNothing()
    {
        // Stuck from sample 900 on, which the repetition count test notices after 121: the start-up test of 1,024 samples never passes.
        static byte Script(long position) => position < 900 ? ScriptedNoiseSource.Lively(position) : (byte)7;
        await using var scripted = new ScriptedPool(null, new ScriptedNoiseSource("one", Script), new ScriptedNoiseSource("two", Script));
        await AssertRefused(scripted.Pool, RefusalReason.Starting);
        scripted.HarvestUntil(() => scripted["one"].State == SourceState.PermanentlyFailed);
        scripted.HarvestUntil(() => scripted["two"].State == SourceState.PermanentlyFailed);
        await AssertRefused(scripted.Pool, RefusalReason.NoEntropy);
        Assert.Equal(
            (0L, 0L, 0.0),
            (scripted.Pool.Status.GenerateCalls, scripted.Pool.Status.BlocksProduced, scripted.Pool.Status.AssessedBitsIn)
        );
    }

    [Fact]
    public async Task EveryOutput_AllSourcesFailed_StopsWhenTheYoungestSeedIsTooOld()
    {
        var sources = ScriptedPool.TwoLively();
        await using var scripted = new ScriptedPool(null, sources);
        Assert.True(scripted.HarvestBlocks(3));
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
        foreach (var source in sources)
            source.Failure = new InvalidOperationException("the script says so");
        Assert.True(scripted.HarvestUntil(() => sources.All(source => scripted[source.Info.Name].State == SourceState.Failed)));

        scripted.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
        scripted.Time.Advance(TimeSpan.FromTicks(1));
        await AssertRefused(scripted.Pool, RefusalReason.SeedTooOld);
        Assert.Equal(PoolState.Unhealthy, scripted.Pool.Status.State);
        Assert.Equal(0, scripted.Pool.Status.GeneratorsSeeded);
    }

    [Fact]
    public async Task EveryOutput_AfterAResume_WaitsForLaterBlocks()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(4));
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
        scripted.Clocks = (60_000_000_000, 60_000_000_000);
        await AssertRefused(scripted.Pool, RefusalReason.Starting);
        Assert.Contains("resumed", scripted.Pool.TryGetBytes(new byte[16])?.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (scripted.Pool.Status.ResumeSigns, scripted.Pool.Status.BlocksAvailable));
        Assert.True(scripted.HarvestBlocks(1));
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
    }

    [Fact]
    public async Task EveryOutput_AfterDisposal_SaysThatItStopped()
    {
        var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(2));
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
        await scripted.DisposeAsync();
        await AssertRefused(scripted.Pool, RefusalReason.Stopped);
        var status = scripted.Pool.Status;
        Assert.Equal((PoolState.Unhealthy, 0, 0), (status.State, status.BlocksAvailable, status.GeneratorsSeeded));
        await scripted.DisposeAsync();
    }

    [Fact]
    public async Task RunAsync_SecondCallOrAfterDisposal_Throws()
    {
        var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var harvest = scripted.Pool.RunAsync(CancellationToken.None);
        Assert.Throws<InvalidOperationException>(() => scripted.Pool.RunAsync(CancellationToken.None).IsCompleted);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await scripted.DisposeAsync())));
        await harvest;
        Assert.Throws<ObjectDisposedException>(() => scripted.Pool.RunAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Status_HarvestStopped_IsDegradedAndUnhealthyWithoutASeed()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(2));
        await scripted.Pool.RunAsync(new CancellationToken(canceled: true));
        Assert.Equal((PoolState.Degraded, "the harvest was stopped"), (scripted.Pool.Status.State, scripted.Pool.Status.Reason));
        scripted.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal((PoolState.Unhealthy, "the harvest was stopped"), (scripted.Pool.Status.State, scripted.Pool.Status.Reason));
        Assert.Equal(RefusalReason.NoEntropy, scripted.Pool.TryGetBytes(new byte[16])?.Reason);
    }

    [Fact]
    public async Task Status_HarvestFaulted_NamesTheCause()
    {
        static void Broken(Span<byte> destination) => throw new InvalidOperationException("no randomness today");
        await using var scripted = new ScriptedPool(null, Broken, ScriptedPool.TwoLively());
        await Assert.ThrowsAsync<InvalidOperationException>(() => scripted.Pool.RunAsync(CancellationToken.None));
        Assert.Equal(
            (PoolState.Unhealthy, "the harvest failed: no randomness today"),
            (scripted.Pool.Status.State, scripted.Pool.Status.Reason)
        );
    }

    [Fact]
    public async Task GetBytes_AfterAResume_WaitsForALaterBlock()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(2));
        scripted.Clocks = (60_000_000_000, 60_000_000_000);
        var waiting = Task.Run(() => scripted.Pool.GetBytes(new byte[16]));
        Assert.True(SpinWait.SpinUntil(() => scripted.Time.PendingTimers == 1, s_patience));
        Assert.True(scripted.HarvestBlocks(1));
        await waiting;
    }

    [Fact]
    public async Task Constructor_OptionsChangedAfterwards_ChangesNothing()
    {
        var options = new EntropyPoolOptions();
        await using var scripted = new ScriptedPool(options, ScriptedPool.TwoLively());
        options.Conditioning.LeaveOut = 3;
        options.Drbg.MaximumSeedAge = TimeSpan.FromSeconds(1);
        options.Health.PermanentAlphaExponent = 30;
        Assert.True(scripted.HarvestBlocks(2));
        Assert.Equal(1, scripted.Pool.Status.LeaveOut);
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
        scripted.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
    }

    [Fact]
    public async Task OperatorsDoors_KnownAndUnknownNames_ActOrSayFalse()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var pool = scripted.Pool;
        Assert.True(scripted.HarvestUntil(() => scripted["one"].Healthy));
        Assert.True(pool.Retest("one"));
        Assert.Equal(SourceState.Starting, scripted["one"].State);
        Assert.True(pool.Disable("one"));
        Assert.Equal(SourceState.Disabled, scripted["one"].State);
        Assert.True(pool.Enable("one"));
        Assert.Equal(SourceState.Starting, scripted["one"].State);
        Assert.True(pool.Assess("one", 0.5));
        Assert.Equal(0.25, scripted["one"].ClaimedMinEntropy);
        Assert.False(pool.Enable("none") || pool.Disable("none") || pool.Retest("none") || pool.Assess("none", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Assess("one", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Assess("one", 8.1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(86_400_001)]
    public async Task EveryWait_TimeoutOutOfRange_Throws(int milliseconds)
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var (timeout, pool) = (TimeSpan.FromMilliseconds(milliseconds), scripted.Pool);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await pool.TryGetFreshBytesAsync(new byte[1], timeout, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await pool.TryGetLimitedBytesAsync(new byte[1], timeout, default)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await pool.TryGetRawAsync(["one"], new byte[1], timeout, default)
        );
    }

    [Fact]
    public async Task DisposeAsync_WhileTheCallerRunsTheHarvest_EndsItFirst()
    {
        var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var harvest = scripted.Pool.RunAsync(CancellationToken.None);
        scripted.Pool.GetBytes(new byte[16]);
        await scripted.DisposeAsync();
        Assert.Equal(TaskStatus.RanToCompletion, harvest.Status);
    }

    [Fact]
    public async Task GetBytes_NoSeedInTime_ThrowsTheRefusalAndZeroes()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var destination = ScriptedBytes.Of(16, 1);
        var waiting = Task.Run(() => Assert.Throws<EntropyUnavailableException>(() => scripted.Pool.GetBytes(destination)));
        Assert.True(SpinWait.SpinUntil(() => scripted.Time.PendingTimers == 1, s_patience));
        scripted.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(RefusalReason.Starting, (await waiting).Refusal.Reason);
        Assert.Equal(new byte[16], destination);
    }

    [Fact]
    public async Task GetBytes_ManyWaitForTheOnlyBlock_AllAreServed()
    {
        const int Waiting = 4;
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        var all = Enumerable
            .Range(0, Waiting)
            .Select(_ => Task.Factory.StartNew(() => scripted.Pool.GetBytes(new byte[16]), TaskCreationOptions.LongRunning))
            .ToArray();
        Assert.True(SpinWait.SpinUntil(() => scripted.Time.PendingTimers == Waiting, s_patience));
        scripted.Pool.Parts.Pool.Add(ScriptedBytes.Of(48, 1), epoch: 0);
        Assert.True(SpinWait.SpinUntil(() => all.Any(task => task.IsCompleted), s_patience));
        scripted.Time.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(all);
        Assert.Equal(1, scripted.Pool.Status.BlocksUsed);
    }

    [Fact]
    [Trait("Category", "Hardware")]
    public async Task GetBytes_OnThisMachine_IsServed()
    {
        var bytes = new byte[32];
        await using var pool = EntropyPool.Start();
        pool.GetBytes(bytes);
        var status = pool.Status;
        Assert.NotEqual(new byte[32], bytes);
        Assert.True(status.AssessedBitsIn >= status.BlocksProduced * status.BlockRequirementBits);
        Assert.Equal(32, status.DrbgBytes);
    }

    private static async Task AssertRefused(EntropyPool pool, RefusalReason reason)
    {
        var destination = ScriptedBytes.Of(16, 1);
        Assert.Equal(reason, pool.TryGetBytes(destination)?.Reason);
        Assert.Equal(new byte[16], destination);

        destination = ScriptedBytes.Of(16, 1);
        var forBlocks = reason == RefusalReason.SeedTooOld ? RefusalReason.PoolDry : reason;
        Assert.Equal(forBlocks, (await pool.TryGetFreshBytesAsync(destination, TimeSpan.Zero, CancellationToken.None))?.Reason);
        Assert.Equal(new byte[16], destination);

        destination = ScriptedBytes.Of(16, 1);
        Assert.Equal(reason, (await pool.TryGetLimitedBytesAsync(destination, TimeSpan.Zero, CancellationToken.None))?.Reason);
        Assert.Equal(new byte[16], destination);
    }
}
