using System.Diagnostics;
using OpenEntropy.Conditioning;
using OpenEntropy.Continuity;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Pool;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

/// <summary>Sources that earn nothing collect beside those that do, and none of them delays another.</summary>
public sealed class BesideTurnsTests
{
    /// <summary>Bounds a wait for another thread; no expectation depends on it.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("on trial")]
    [InlineData("mixed")]
    public async Task RunHarvestTurn_SourceThatBlocksForLong_DelaysNobody(string why)
    {
        using var go = new ManualResetEventSlim(initialState: true);
        var slow = new ScriptedNoiseSource("slow")
        {
            AtMost = 1,
            Claim = why == "mixed" ? 0 : 1.0 / 3,
            Deadline = TimeSpan.FromMinutes(10),
        };
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), slow]);
        Assert.True(
            pool.HarvestUntil(() =>
                pool["one"].Healthy && pool["two"].Healthy && (why == "on trial" ? pool["slow"].Samples > 0 : pool["slow"].Healthy)
            )
        );
        var source = pool.Pool.Parts.Sources.Single(source => source.Info.Name == "slow");
        slow.Busy = begins =>
        {
            if (begins)
                go.Wait();
        };

        // Blocks are completed while one sample of it is being taken, again and again, and none of the turns in between waited for it.
        var collected = slow.Position;
        for (var round = 0; round < 5; round++)
        {
            // Nothing of it runs at the moment: what is begun next waits.
            Assert.True(pool.HarvestUntil(() => !source.IsCollecting || source.IsFetchable));
            go.Reset();
            Assert.True(pool.HarvestUntil(() => source.IsCollecting && !source.IsFetchable));
            var (produced, credited) = (pool.Pool.Status.BlocksProduced, pool["slow"].CreditedBits);
            Assert.True(pool.HarvestUntil(() => pool.Pool.Status.BlocksProduced >= produced + 3));
            Assert.True(source.IsCollecting && !source.IsFetchable);
            Assert.Equal((credited, 0L), (pool["slow"].CreditedBits, pool["slow"].Failures["total_failure"]));
            go.Set();
            Assert.True(pool.HarvestUntil(() => slow.Position > collected));
            collected = slow.Position;
        }
    }

    [Fact]
    public async Task RunHarvestTurn_SourceThatBlocksOnTrial_IsNotWaitedFor()
    {
        // Whoever waits lets 50 ms pass; a busy machine may hold up any turn, not all of a hundred.
        using var go = new ManualResetEventSlim(initialState: true);
        var slow = new ScriptedNoiseSource("slow") { AtMost = 1, Busy = begins => go.Wait(begins ? Timeout.Infinite : 0) };
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), slow]);
        Assert.True(pool.HarvestUntil(() => pool["slow"].Samples > 0));
        var source = pool.Pool.Parts.Sources.Single(source => source.Info.Name == "slow");
        var shortest = TimeSpan.MaxValue;
        for (var round = 0; round < 100 && shortest > TimeSpan.FromMilliseconds(25); round++)
        {
            // Only rounds count in which it was begun.
            Assert.True(pool.HarvestUntil(() => !source.IsCollecting || source.IsFetchable));
            go.Reset();
            var start = Stopwatch.GetTimestamp();
            Assert.True(pool.HarvestUntil(() => source.IsCollecting && !source.IsFetchable));
            shortest = TimeSpan.FromTicks(Math.Min(shortest.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
            go.Set();
        }

        Assert.InRange(shortest, TimeSpan.Zero, TimeSpan.FromMilliseconds(25));
        go.Set();
    }

    [Fact]
    public async Task RunHarvestTurn_HangsOnTrial_FailsAtItsDeadlineAndRecovers()
    {
        using var hang = new ManualResetEventSlim();
        var bad = new ScriptedNoiseSource("bad") { Deadline = TimeSpan.FromMilliseconds(100), AtMost = 1 };
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), bad]);
        Assert.True(pool.HarvestUntil(() => pool["bad"].Samples > 0));
        bad.Hang = hang;
        Assert.True(pool.HarvestUntil(() => pool["bad"].State == SourceState.Failed));
        Assert.Equal(("gave nothing for 0.1 s", 1L), (pool["bad"].Reason, pool["bad"].Failures["total_failure"]));
        var produced = pool.Pool.Status.BlocksProduced;
        Assert.True(pool.HarvestUntil(() => pool.Pool.Status.BlocksProduced >= produced + 10));

        bad.Hang = null;
        hang.Set();
        Assert.True(pool.HarvestUntil(() => pool.Time.PendingTimers == 1));
        pool.Time.Advance(TimeSpan.FromSeconds(1));
        bad.AtMost = int.MaxValue;
        Assert.True(pool.HarvestUntil(() => pool["bad"].Healthy));
        Assert.Equal((2, 1L), (bad.Opened, pool["bad"].Failures["total_failure"]));
    }

    [Fact]
    public void BeginAll_MoreOnTrialThanProcessors_BeginsOneForEachAndFurtherOnesOnceTheseTakeLong()
    {
        using var go = new ManualResetEventSlim();
        var time = new ManualTimeProvider();
        var sources = Enumerable
            .Range(0, (2 * Environment.ProcessorCount) + 1)
            .Select(i => new ScriptedNoiseSource($"s{i}"))
            .Select(noise => (noise, source: new EntropySource(noise, new HealthOptions(), creditVendors: false, selected: true, time)))
            .ToList();
        foreach (var (noise, source) in sources)
        {
            Assert.True(SpinWait.SpinUntil(() => source.CanTakeTurn(forRaw: false), s_bound));
            noise.Hang = go;
        }

        using var bench = new TurnsBench([.. sources.Select(pair => pair.source)], time);
        Assert.True(bench.Trials.BeginAll(TurnKind.Pool));
        Assert.Equal(Environment.ProcessorCount, sources.Count(pair => pair.source.IsCollecting));
        Assert.False(bench.Trials.BeginAll(TurnKind.Pool));
        Assert.False(bench.Trials.BeginOne());
        time.Advance(TimeSpan.FromMilliseconds(51));
        Assert.True(bench.Trials.BeginAll(TurnKind.Pool));
        Assert.Equal(2 * Environment.ProcessorCount, sources.Count(pair => pair.source.IsCollecting));

        // What they gave is fetched and counts towards their start-up tests; it is used, and earns nothing.
        go.Set();
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    bench.Turns.Fetch();
                    bench.Trials.BeginAll(TurnKind.Pool);
                    return sources.TrueForAll(pair => pair.source.State == SourceState.Healthy);
                },
                s_bound
            )
        );
        Assert.All(sources, pair => Assert.Equal(0, pair.source.Status().CreditedBits));
        foreach (var (_, source) in sources)
            source.Dispose();
    }

    [Fact]
    public void BeginAll_SourcesThatWaitAndSourcesThatCompute_KeepsEveryProcessorBusyAndLetsSomeWaitBesideThem()
    {
        using var go = new ManualResetEventSlim(initialState: true);
        var time = new ManualTimeProvider();
        var processors = Environment.ProcessorCount;
        var noises = Enumerable.Range(0, processors + 2).Select(i => new ScriptedNoiseSource($"s{i}") { AtMost = 8 }).ToList();
        EntropySource[] sources =
        [
            .. noises.Select(noise => new EntropySource(noise, new HealthOptions(), creditVendors: false, selected: true, time)),
        ];
        for (var i = 0; i < sources.Length; i++)
        {
            // The last two wait; the others compute, and one that computes has the most to do.
            var (source, milliseconds) = (sources[i], i == 0 ? 30 : 10);
            noises[i].Busy = i < processors ? begins => Compute(begins ? milliseconds : 0) : begins => Wait(begins ? 15 : 0);
            Assert.True(SpinWait.SpinUntil(() => source.CanTakeTurn(forRaw: false), s_bound));
            Assert.True(
                SpinWait.SpinUntil(
                    () =>
                        source.Take(TimeSpan.FromMilliseconds(1)) is var _
                        && source.LastTurn > TimeSpan.Zero
                        && source.Load < 0.25 != i < processors,
                    s_bound
                )
            );
            Assert.True(SpinWait.SpinUntil(() => source.CanTakeTurn(forRaw: false), s_bound));
            noises[i].Hang = go;
        }

        using var bench = new TurnsBench(sources, time);
        go.Reset();
        Assert.True(bench.Trials.BeginAll(TurnKind.Pool, longestFirst: true));
        Assert.True(bench.Trials.AnyUnderWay);

        Assert.All(sources, source => Assert.True(source.IsCollecting));
        Assert.False(bench.Trials.BeginAll(TurnKind.Pool, longestFirst: true));
        go.Set();
        foreach (var source in sources)
            source.Dispose();

        static void Wait(int milliseconds)
        {
            using var never = new ManualResetEventSlim();
            never.Wait(milliseconds);
        }

        static void Compute(int milliseconds)
        {
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(milliseconds); )
                Thread.SpinWait(100);
        }
    }

    [Fact]
    public void Fetch_RecordingEndedAndAnotherBegun_ChargesTheOneTheTurnWasFor()
    {
        var time = new ManualTimeProvider();
        using var source = new EntropySource(new ScriptedNoiseSource("s"), new HealthOptions(), creditVendors: false, selected: true, time);
        using var bench = new TurnsBench([source], time);
        Assert.True(SpinWait.SpinUntil(() => source.CanTakeTurn(forRaw: false), s_bound));
        var first = bench.Recordings.Begin(0, new byte[8], share: 1e-6, completed: null);
        Assert.NotNull(bench.Turns.Take(0, TurnKind.Recording, filling: false));
        first.Dispose();
        using var second = bench.Recordings.Begin(0, new byte[8], share: 1e-6, completed: null);
        Assert.True(SpinWait.SpinUntil(bench.Turns.Fetch, s_bound));
        Assert.True(first.Budget.Wait > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, second.Budget.Wait);
    }

    [Fact]
    public async Task RunAsync_PoolFull_WaitingIsNotChargedToTheBudget()
    {
        // Its second of waiting, charged as work, would be followed by a pause of a minute.
        using var watch = new SemaphoreSlim(0);
        var slow = new ScriptedNoiseSource("slow")
        {
            AtMost = 1,
            Claim = 0,
            TestEntropy = 1,
        };
        var options = new EntropyPoolOptions();
        options.Pool.Capacity = 8;
        await using var pool = new ScriptedPool(options, [.. ScriptedPool.TwoLively(), slow]);
        Assert.True(pool.HarvestUntil(() => !pool.Pool.Parts.Pool.WantsBlocks));
        using var never = new ManualResetEventSlim();
        slow.Busy = begins => never.Wait(begins ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        var harvest = pool.Pool.RunAsync(stop.Token);
        var samples = pool["slow"].Samples;
        Assert.True(SpinWait.SpinUntil(() => pool["slow"].Samples >= samples + 4, s_bound));
        await stop.CancelAsync();
        await harvest;
    }

    [Fact]
    public async Task RunAsync_PoolFull_FirstTrialsAreNotPacedAndLaterOnesAre()
    {
        // At this budget every turn that is paced is followed by a pause of 0.4 s or more: a start-up test has several.
        var late = new ScriptedNoiseSource("late") { Claim = 0, TestEntropy = 1 };
        using var opening = new ManualResetEventSlim();
        late.OpenHang = opening;
        var options = new EntropyPoolOptions();
        options.Pool.Capacity = 8;
        options.Harvest.CpuBudget = 0.001;
        await using var pool = new ScriptedPool(options, [.. ScriptedPool.TwoLively(), late]);
        Assert.True(pool.HarvestUntil(() => !pool.Pool.Parts.Pool.WantsBlocks));
        using var stop = new CancellationTokenSource();
        var harvest = pool.Pool.RunAsync(stop.Token);
        opening.Set();
        Assert.True(SpinWait.SpinUntil(() => pool["late"].Healthy, s_bound));
        Assert.Equal(SourceSpeed.Fast, pool["late"].Speed);

        late.AtMost = 64;
        var samples = pool["late"].Samples;
        var start = Stopwatch.GetTimestamp();
        pool.Pool.Retest("late");
        Assert.True(SpinWait.SpinUntil(() => pool["late"].Samples >= samples + (3 * 64), s_bound));
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.4));
        await stop.CancelAsync();
        await harvest;
    }

    /// <summary>What brings samples where they belong, without a harvest.</summary>
    private sealed class TurnsBench : IDisposable
    {
        private readonly Conditioner _conditioner;
        private readonly SeedPool _pool;
        private readonly BlockMaker _blocks;

        public TurnsBench(EntropySource[] sources, TimeProvider time)
        {
            var contributors = Contributors.Each(sources.Length);
            _conditioner = new Conditioner(
                new ConditioningOptions(),
                sources.Select(source => source.Info.Name),
                [],
                bytes => bytes.Clear()
            );
            _pool = new SeedPool(8, _conditioner.BlockBytes, TimeSpan.FromMinutes(1), time);
            _blocks = new BlockMaker(_conditioner, _pool, new ResumeWatch(() => default));
            var earning = new EarningSources(sources, contributors, leaveOut: 1);
            Turns = new SourceTurns(sources, earning, _blocks, new RawTap(), Recordings, (_, _) => { });
            Trials = new Trials(sources, new TurnOrder(sources), Turns, time);
        }

        public RecordingTap Recordings { get; } = new();

        public SourceTurns Turns { get; }

        public Trials Trials { get; }

        public void Dispose()
        {
            Recordings.Dispose();
            _blocks.Dispose();
            _pool.Dispose();
            _conditioner.Dispose();
        }
    }
}
