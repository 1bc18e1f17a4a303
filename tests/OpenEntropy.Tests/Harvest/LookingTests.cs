using System.Diagnostics;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

/// <summary>Sources that the machine lacks at the start, and looks that give no answer.</summary>
public sealed class LookingTests
{
    private const string Missing = "there is no /dev/s";

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    /// <summary>Bounds a wait for another thread; no expectation depends on it.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task RunHarvestTurn_SelectedSourceCameAfterTheStart_IsFoundWithinAMinuteAndStartsByItself()
    {
        var looks = 0;
        var noise = new ScriptedNoiseSource("s") { Unavailable = Missing };
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), noise]);
        Assert.Equal((SourceState.Unavailable, Missing), StateOf(pool));
        noise.Looked = () => Interlocked.Increment(ref looks);

        // Turns alone make nobody look again.
        pool.Time.Advance(s_interval - TimeSpan.FromTicks(1));
        Assert.True(pool.HarvestBlocks(2));
        Assert.Equal(0, looks);

        pool.Time.Advance(TimeSpan.FromTicks(1));
        Assert.True(pool.HarvestUntil(() => Volatile.Read(ref looks) == 1));
        pool.Pool.Parts.FindSource("s")!.AwaitLook(s_bound);
        Assert.Equal((SourceState.Unavailable, Missing), StateOf(pool));

        noise.Unavailable = null;
        pool.Time.Advance(s_interval);
        Assert.True(pool.HarvestUntil(() => pool["s"].Healthy));
        Assert.Equal((2, 0L), (looks, pool["s"].Failures["total_failure"]));
    }

    [Fact]
    public async Task RunHarvestTurn_SourceThatWasSwitchedOffWhileItWasMissing_IsNotLookedFor()
    {
        var looks = 0;
        var noise = new ScriptedNoiseSource("s") { Unavailable = Missing };
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), noise]);
        noise.Looked = () => Interlocked.Increment(ref looks);
        noise.Unavailable = null;
        pool.Pool.Disable("s");
        pool.Time.Advance(s_interval * 10);
        Assert.True(pool.HarvestBlocks(2));
        Assert.Equal((0, SourceState.Unavailable), (looks, pool["s"].State));

        pool.Pool.Enable("s");
        Assert.Equal((SourceState.Starting, "enabled by the operator"), StateOf(pool));
        Assert.True(pool.HarvestUntil(() => pool["s"].Healthy));
    }

    [Fact]
    public async Task LookInterval_Configured_IsKept()
    {
        var noise = new ScriptedNoiseSource("s") { Unavailable = Missing };
        var options = new EntropyPoolOptions { Sources = { LookInterval = TimeSpan.FromSeconds(5) } };
        await using var pool = new ScriptedPool(options, [.. ScriptedPool.TwoLively(), noise]);
        noise.Unavailable = null;
        pool.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pool.HarvestUntil(() => pool["s"].Healthy));
    }

    [Fact]
    public async Task Look_ThatHangsAtTheStart_CostsItsSourceAlone()
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s") { LookHang = hang, Deadline = TimeSpan.FromMilliseconds(40) };
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), noise]);
        Assert.Equal((SourceState.Unavailable, "looking for it has given no answer for 0.04 s"), StateOf(pool));
        Assert.True(pool.HarvestBlocks(2));

        // However long it hangs, no second thread joins the first.
        var looks = 0;
        noise.Looked = () => Interlocked.Increment(ref looks);
        pool.Time.Advance(s_interval * 10);
        Assert.True(pool.HarvestBlocks(4));
        Assert.Equal((0, SourceState.Unavailable, 0), (looks, pool["s"].State, noise.Opened));

        hang.Set();
        Assert.True(pool.HarvestUntil(() => pool["s"].Healthy));
        Assert.Equal(0L, pool["s"].Failures["total_failure"]);
    }

    [Fact]
    public async Task Enable_WhoseLookHangs_ReturnsAndSaysSo()
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s") { Unavailable = Missing, Deadline = TimeSpan.FromMilliseconds(40) };
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), noise]);
        noise.LookHang = hang;
        var request = Task.Factory.StartNew(() => pool.Pool.Enable("s"), TaskCreationOptions.LongRunning);
        Assert.True(await request.WaitAsync(s_bound));
        Assert.Equal((SourceState.Unavailable, "looking for it has given no answer for 0.04 s"), StateOf(pool));

        noise.Unavailable = null;
        hang.Set();
        Assert.True(pool.HarvestUntil(() => pool["s"].Healthy));
    }

    [Fact]
    public void Create_ManyWhoseLooksHang_WaitsForAllTogether()
    {
        using var hang = new ManualResetEventSlim();
        var options = new EntropyPoolOptions { Sources = { Enabled = "hardware_trng.tpm" } };
        for (var i = 0; i < 100; i++)
            options.AdditionalSources.Add(new ScriptedNoiseSource($"s{i}") { LookHang = hang });

        // One after the other they would take 50 s.
        var start = Stopwatch.GetTimestamp();
        var sources = SourceAssembly.Create(options, TimeProvider.System);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, s_bound);
        hang.Set();
        foreach (var source in sources)
            source.Dispose();
    }

    private static (SourceState, string?) StateOf(ScriptedPool pool) => (pool["s"].State, pool["s"].Reason);
}
