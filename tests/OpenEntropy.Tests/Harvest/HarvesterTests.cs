using System.Diagnostics;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

public sealed class HarvesterTests
{
    [Fact]
    public async Task RunHarvestTurn_SeveralSourcesThatEarn_CollectOneAtATime()
    {
        using var overlap = new OverlapWatch();
        await using var pool = new ScriptedPool(null, overlap.Watched("a"), overlap.Watched("b"), overlap.Watched("c"));
        Assert.True(pool.HarvestUntil(() => pool["a"].Healthy && pool["b"].Healthy && pool["c"].Healthy));
        var (collections, overlaps) = (overlap.Collections, overlap.Overlaps);
        Assert.True(pool.HarvestBlocks(100));
        Assert.True(overlap.Collections > collections + 100, $"{overlap.Collections - collections} collections");
        Assert.Equal(overlaps, overlap.Overlaps);
    }

    [Fact]
    public async Task RunAsync_PoolFull_PacesTurnsByTheBudget()
    {
        using var watch = new OverlapWatch();
        var options = new EntropyPoolOptions();
        options.Pool.Capacity = 16;
        await using var pool = new ScriptedPool(options, watch.Watched("a"), watch.Watched("b"));
        using var stop = new CancellationTokenSource();
        var harvest = pool.Pool.RunAsync(stop.Token);
        await watch.ReachedAsync(() => !pool.Pool.Parts.Pool.WantsBlocks);

        // A turn is charged at least the waking up, and after it the rest of the period is pause.
        var pause = (SourceTurns.WakeUp / options.Harvest.CpuBudget) - SourceTurns.WakeUp;
        var (first, start) = (watch.Collections, Stopwatch.GetTimestamp());
        await watch.ReachedAsync(() => watch.Collections >= first + 21);
        var elapsed = Stopwatch.GetElapsedTime(start);
        await stop.CancelAsync();
        await harvest;
        Assert.True(elapsed >= 19 * pause, $"21 turns in {elapsed.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task RunAsync_SelectionThatCannotCompleteABlock_PacesTurnsByTheBudget()
    {
        using var watch = new OverlapWatch();
        var options = new EntropyPoolOptions();
        await using var pool = new ScriptedPool(options, watch.Watched("alone"));
        using var stop = new CancellationTokenSource();
        var harvest = pool.Pool.RunAsync(stop.Token);

        // The first start-up test is paced by nothing.
        await watch.ReachedAsync(() => pool["alone"].Speed != SourceSpeed.Unknown);
        var (first, start) = (watch.Collections, Stopwatch.GetTimestamp());
        await watch.ReachedAsync(() => watch.Collections >= first + 21);
        var elapsed = Stopwatch.GetElapsedTime(start);
        await stop.CancelAsync();
        await harvest;
        var pause = (SourceTurns.WakeUp / options.Harvest.CpuBudget) - SourceTurns.WakeUp;
        Assert.True(elapsed >= 19 * pause, $"21 turns in {elapsed.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task RunAsync_TooFewSourcesWorkForABlock_PacesTheOthersByTheBudget()
    {
        using var watch = new OverlapWatch();
        var options = new EntropyPoolOptions();
        var mixed = new ScriptedNoiseSource("mixed")
        {
            Claim = 0,
            TestEntropy = 1,
            Busy = watch.Watched("mixed").Busy,
        };
        var away = new ScriptedNoiseSource("away") { OpenFailure = new NoiseSourceException("it is away") };
        await using var pool = new ScriptedPool(options, new ScriptedNoiseSource("one"), away, mixed);
        using var stop = new CancellationTokenSource();
        var harvest = pool.Pool.RunAsync(stop.Token);
        await watch.ReachedAsync(() => pool["mixed"].Healthy && pool["one"].Healthy && pool["away"].State == SourceState.Failed);
        var (first, start) = (watch.Collections, Stopwatch.GetTimestamp());
        await watch.ReachedAsync(() => watch.Collections >= first + 21);
        var elapsed = Stopwatch.GetElapsedTime(start);
        await stop.CancelAsync();
        await harvest;
        var pause = (SourceTurns.WakeUp / options.Harvest.CpuBudget) - SourceTurns.WakeUp;
        Assert.True(elapsed >= 19 * pause, $"21 turns in {elapsed.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task RunHarvestTurn_SourceFailsWhileABlockIsOpen_ItsCreditThereIsRevoked()
    {
        // One sample a turn, so that a block stays open for thousands of turns.
        ScriptedNoiseSource[] sources = [new("one") { AtMost = 1 }, new("two") { AtMost = 1 }];
        await using var pool = new ScriptedPool(null, sources);
        Assert.True(pool.HarvestUntil(() => pool["one"].CreditedBits > 10 && pool["two"].CreditedBits > 10));
        var before = pool["one"].CreditedBits;
        sources[0].Failure = new InvalidOperationException("the script says so");
        Assert.True(pool.HarvestUntil(() => pool["one"].State == SourceState.Failed));
        var status = pool.Pool.Status;
        Assert.Equal(0, status.BlocksProduced);
        Assert.Equal(pool["one"].CreditedBits, status.AssessedBitsDiscarded, 6);
        Assert.Equal(pool["two"].CreditedBits, status.AssessedBitsPending, 6);
        Assert.True(before > 10);
    }

    [Fact]
    public async Task RunHarvestTurn_AfterAResume_CountsTheOpenBlockAsDiscarded()
    {
        ScriptedNoiseSource[] sources = [new("one") { AtMost = 1 }, new("two") { AtMost = 1 }];
        await using var pool = new ScriptedPool(null, sources);
        Assert.True(pool.HarvestUntil(() => pool["one"].CreditedBits > 10));
        var pending = pool.Pool.Status.AssessedBitsPending;
        pool.Clocks = (60_000_000_000, 60_000_000_000);
        Assert.True(pool.HarvestUntil(() => pool.Pool.Status.AssessedBitsDiscarded > 0));
        Assert.Equal(pending, pool.Pool.Status.AssessedBitsDiscarded);
    }

    [Theory]
    [InlineData("stuck")]
    [InlineData("throwing")]
    [InlineData("hanging")]
    [InlineData("not opening")]
    [InlineData("empty")]
    public async Task RunHarvestTurn_OneSourceFails_TheOthersKeepFillingBlocks(string fault)
    {
        using var hang = new ManualResetEventSlim();
        var bad = new ScriptedNoiseSource("bad") { Deadline = TimeSpan.FromMilliseconds(100) };
        ScriptedNoiseSource[] sources = [.. ScriptedPool.TwoLively(), bad];
        await using var pool = new ScriptedPool(null, sources);
        if (fault == "not opening")
            bad.OpenFailure = new NoiseSourceException(fault);
        else
            Assert.True(pool.HarvestUntil(() => pool["bad"].State == SourceState.Healthy));

        bad.Override = fault == "stuck" ? _ => 9 : null;
        bad.Failure = fault == "throwing" ? new InvalidOperationException(fault) : null;
        bad.Hang = fault == "hanging" ? hang : null;
        bad.Count = fault == "empty" ? 0 : null;
        Assert.True(pool.HarvestUntil(() => pool["bad"].State is SourceState.Failed or SourceState.PermanentlyFailed));

        var before = pool["bad"];
        Assert.True(before.Failures.Values.Sum() > 0);
        var produced = pool.Pool.Status.BlocksProduced;
        Assert.True(pool.HarvestUntil(() => pool.Pool.Status.BlocksProduced >= produced + 10));
        Assert.Equal(before.CreditedBits, pool["bad"].CreditedBits);
        Assert.Equal(PoolState.Degraded, pool.Pool.Status.State);
        Assert.Contains("bad", pool.Pool.Status.Reason, StringComparison.Ordinal);
        Assert.Null(pool.Pool.TryGetBytes(new byte[100]));
        hang.Set();
    }

    [Fact]
    public async Task TryGetBytes_SourcesThatFailAtSample1023_GiveNothingEver()
    {
        // 121 equal samples end each stretch of 1,023, so that 1,024 never pass in a row.
        static byte Script(long position) => position % 1023 >= 902 ? (byte)9 : ScriptedNoiseSource.Lively(position);
        await using var pool = new ScriptedPool(null, new ScriptedNoiseSource("one", Script), new ScriptedNoiseSource("two", Script));
        var output = new byte[64];

        // Where a collection of garbage spoils the turn that has the first such stretch, the next has enough of them for a permanent failure.
        Assert.True(Refused(RefusalReason.Starting));
        Assert.True(
            pool.HarvestUntil(() =>
                Refused(pool["one"].State == SourceState.PermanentlyFailed ? null : RefusalReason.Starting)
                && pool["one"].Failures.Values.Sum() > 0
            )
        );
        Assert.True(pool.HarvestUntil(() => Refused(null) && pool["one"].State == SourceState.PermanentlyFailed));
        Assert.True(pool.HarvestUntil(() => Refused(null) && pool["two"].State == SourceState.PermanentlyFailed));
        Assert.True(Refused(RefusalReason.NoEntropy));
        var status = pool.Pool.Status;
        Assert.Equal((0L, 0L, 0d, 0L), (status.GenerateCalls, status.BlocksProduced, status.AssessedBitsIn, status.DrbgBytes));

        bool Refused(RefusalReason? reason)
        {
            output.AsSpan().Fill(0xAA);
            var refusal = pool.Pool.TryGetBytes(output);
            Assert.NotNull(refusal);
            Assert.All(output, value => Assert.Equal(0, value));
            return reason is null || refusal.Reason == reason;
        }
    }

    [Fact]
    public async Task RunHarvestTurn_UncreditedSources_AddNothingToTheAccount()
    {
        ScriptedNoiseSource[] sources =
        [
            .. ScriptedPool.TwoLively(),
            new("counter") { Origin = NoiseOrigin.Counter },
            new("kernel") { Origin = NoiseOrigin.OperatingSystem },
            new("vendor") { Origin = NoiseOrigin.Vendor },
            new("modest") { Claim = 0, TestEntropy = 1 },
        ];
        await using var pool = new ScriptedPool(null, sources);
        string[] mixed = ["counter", "kernel", "vendor", "modest"];
        Assert.True(pool.HarvestUntil(() => pool.Pool.Status.BlocksAvailable >= 5 && mixed.All(name => pool[name].Healthy)));
        foreach (var name in mixed)
            Assert.Equal((SourceState.Healthy, 0d), (pool[name].State, pool[name].CreditedBits));
        Assert.Equal(pool["one"].CreditedBits + pool["two"].CreditedBits, pool.Pool.Status.AssessedBitsIn, 6);

        // Every block without its largest contributor holds n_out + 64 bits.
        Assert.True(Math.Min(pool["one"].CreditedBits, pool["two"].CreditedBits) >= 5 * (384 + 64));
    }

    /// <summary>Counts collections, and those that began while another was under way that the harvest had not given up waiting for.</summary>
    private sealed class OverlapWatch : IDisposable
    {
        /// <summary>Half of what the harvest waits before it lets another source run beside.</summary>
        private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(25);

        private readonly Lock _gate = new();
        private readonly SemaphoreSlim _moved = new(0);
        private readonly List<(string Name, long Since)> _busy = [];

        public int Collections { get; private set; }

        public int Overlaps { get; private set; }

        public ScriptedNoiseSource Watched(string name)
        {
            return new ScriptedNoiseSource(name) { Busy = busy => Note(name, busy) };
        }

        public async Task ReachedAsync(Func<bool> condition)
        {
            while (!condition())
                Assert.True(await _moved.WaitAsync(TimeSpan.FromSeconds(20)));
        }

        public void Dispose() => _moved.Dispose();

        private void Note(string name, bool busy)
        {
            lock (_gate)
            {
                if (busy)
                {
                    Collections++;
                    Overlaps += _busy.Exists(other => Stopwatch.GetElapsedTime(other.Since) < s_patience) ? 1 : 0;
                    _busy.Add((name, Stopwatch.GetTimestamp()));
                }
                else
                    _busy.RemoveAll(other => other.Name == name);
            }

            _moved.Release();
        }
    }
}
