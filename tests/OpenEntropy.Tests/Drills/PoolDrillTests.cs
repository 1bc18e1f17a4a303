using OpenEntropy.Drills;
using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Drills;

public sealed class PoolDrillTests
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Starve_LimitedIsRefusedUntilTheEnd_AndTheGeneratorsGoOn()
    {
        await using var scripted = await FilledAsync(4);
        scripted.Pool.BeginDrill(DrillKind.Starve, s_length);

        var refusal = await scripted.Pool.TryGetLimitedBytesAsync(new byte[16], TimeSpan.Zero, CancellationToken.None);

        Assert.Equal((RefusalReason.PoolDry, s_length), (refusal!.Reason, refusal.RetryAfter));
        Assert.Contains("drill (starve)", refusal.Message, StringComparison.Ordinal);
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
        Assert.Equal(
            (PoolState.Degraded, "drill (starve): no seed block enters or leaves the pool", 0),
            (scripted.Pool.Status.State, scripted.Pool.Status.Reason, scripted.Pool.Status.BlocksAvailable)
        );

        // What is made meanwhile is thrown away and counted.
        var produced = scripted.Pool.Status.BlocksProduced;
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.BlocksProduced > produced));
        Assert.True(scripted.Pool.Status.BlocksDiscarded > 0);
        scripted.Pool.EndDrill(DrillKind.Starve);
        Assert.Equal((PoolState.Healthy, 3), (scripted.Pool.Status.State, scripted.Pool.Status.BlocksAvailable));
        Assert.Null(await scripted.Pool.TryGetLimitedBytesAsync(new byte[16], TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task Starve_WhoWaits_IsServedWhenItEnds()
    {
        await using var scripted = await FilledAsync(4);
        scripted.Pool.BeginDrill(DrillKind.Starve, s_length);
        var waiting = scripted.Pool.TryGetLimitedBytesAsync(new byte[16], TimeSpan.FromHours(1), CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);

        scripted.Pool.EndDrill(DrillKind.Starve);

        Assert.Null(await waiting.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Age_EveryQualityIsRefused_AndOutputGoesOnByAReseed()
    {
        await using var scripted = await FilledAsync(4);
        scripted.Pool.BeginDrill(DrillKind.Age, s_length);

        var output = new byte[16];
        var refusal = scripted.Pool.TryGetBytes(output);

        Assert.Equal((RefusalReason.SeedTooOld, s_length), (refusal!.Reason, refusal.RetryAfter));
        Assert.Contains("drill (age)", refusal.Message, StringComparison.Ordinal);
        Assert.All(output, each => Assert.Equal(0, each));
        Assert.Equal(RefusalReason.SeedTooOld, (await scripted.Pool.TryGetLimitedBytesAsync(output, TimeSpan.Zero, default))!.Reason);
        Assert.NotNull(await scripted.Pool.TryGetFreshBytesAsync(output, TimeSpan.Zero, default));
        Assert.Equal((PoolState.Unhealthy, null), (scripted.Pool.Status.State, scripted.Pool.Status.SeedAge));
        scripted.Time.Advance(s_length);
        scripted.Pool.EndDrill(DrillKind.Age);
        var before = scripted.Pool.Status.Reseeds["age"];
        Assert.Equal(PoolState.Healthy, scripted.Pool.Status.State);
        Assert.Null(scripted.Pool.TryGetBytes(output));
        Assert.Equal(before + 1, scripted.Pool.Status.Reseeds["age"]);
        Assert.Null(scripted.Pool.TryGetBytes(output));
        Assert.InRange(scripted.Pool.Status.Reseeds["age"], before + 1, before + Environment.ProcessorCount);
    }

    [Fact]
    public async Task StopOutput_NoQualityIsGiven_UntilItIsResumed()
    {
        await using var scripted = await FilledAsync(4);
        scripted.Pool.StopOutput("the self-test ctr-drbg failed");

        var output = new byte[16];
        Assert.Equal(RefusalReason.SelfTestFailed, scripted.Pool.TryGetBytes(output)!.Reason);
        Assert.Equal(
            RefusalReason.SelfTestFailed,
            scripted.Pool.TryWriteBytes(new System.Buffers.ArrayBufferWriter<byte>(), output.Length)!.Reason
        );
        Assert.Equal(RefusalReason.SelfTestFailed, (await scripted.Pool.TryGetLimitedBytesAsync(output, TimeSpan.Zero, default))!.Reason);
        Assert.Equal(RefusalReason.SelfTestFailed, (await scripted.Pool.TryGetFreshBytesAsync(output, TimeSpan.Zero, default))!.Reason);
        Assert.Equal(RefusalReason.SelfTestFailed, (await scripted.Pool.TryGetRawAsync(["one"], output, TimeSpan.Zero, default))!.Reason);
        Assert.Equal(RefusalReason.SelfTestFailed, (await scripted.Pool.WaitForSeedAsync(TimeSpan.FromHours(1), default))!.Reason);
        Assert.All(output, each => Assert.Equal(0, each));
        Assert.Equal((PoolState.Unhealthy, "the self-test ctr-drbg failed"), (scripted.Pool.Status.State, scripted.Pool.Status.Reason));
        scripted.Pool.ResumeOutput();

        // Whatever was made by what computed wrong is gone; the machine was not resumed for that.
        Assert.Equal((0, 0), (scripted.Pool.Status.BlocksAvailable, scripted.Pool.Status.GeneratorsSeeded));
        Assert.Equal(RefusalReason.Starting, scripted.Pool.TryGetBytes(output)!.Reason);
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.BlocksAvailable > 1));
        Assert.Null(scripted.Pool.TryGetBytes(output));
        Assert.Equal(
            (PoolState.Healthy, 1L, 0),
            (scripted.Pool.Status.State, scripted.Pool.Status.Reseeds["resume"], scripted.Pool.Status.ResumeSigns)
        );
    }

    [Fact]
    public async Task StopOutput_ByADrill_BlocksAndSeedsStay()
    {
        await using var scripted = await FilledAsync(4);
        scripted.Pool.StopOutput("the self-test ctr-drbg failed (drill (known-answer))", isDrill: true);

        scripted.Pool.ResumeOutput();

        Assert.Equal((3, 1), (scripted.Pool.Status.BlocksAvailable, scripted.Pool.Status.GeneratorsSeeded));
    }

    /// <summary>A block completed meanwhile rests on the others: the drilled source's part in all blocks since is none.</summary>
    [Fact]
    public async Task SourceDrill_TwoAtOnce_OthersFillBlocksAndTheDrilledEarnNothing()
    {
        var options = new EntropyPoolOptions { AllowDrills = true };
        await using var scripted = new ScriptedPool(options, [new("one"), new("two"), new("three"), new ScriptedNoiseSource("four")]);
        Assert.True(scripted.HarvestUntil(() => options.AdditionalSources.All(source => scripted[source.Info.Name].Healthy)));
        SourceExercise[] drills = [Exercise(scripted, "one", DrillKind.Stick), Exercise(scripted, "two", DrillKind.Bias)];
        Assert.Null(scripted.Pool.TryBeginDrill("one", drills[0]));
        Assert.Null(scripted.Pool.TryBeginDrill("two", drills[1]));
        var credited = (scripted["one"].CreditedBits, scripted["two"].CreditedBits);
        var produced = scripted.Pool.Status.BlocksProduced;

        Assert.True(
            scripted.HarvestUntil(() => drills.All(each => each.Finding is not null) && scripted.Pool.Status.BlocksProduced > produced + 3)
        );

        Assert.Equal(credited, (scripted["one"].CreditedBits, scripted["two"].CreditedBits));
        Assert.Equal(PoolState.Degraded, scripted.Pool.Status.State);
        Assert.Contains("one: drill (stick): ", scripted.Pool.Status.Reason, StringComparison.Ordinal);
        Assert.Contains("two: drill (bias): ", scripted.Pool.Status.Reason, StringComparison.Ordinal);
        scripted.Pool.EndDrill("one", drills[0]);
        scripted.Pool.EndDrill("two", drills[1]);
        Assert.True(
            scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Healthy && scripted["one"].CreditedBits > credited.Item1)
        );
    }

    /// <summary>The pool is full and the trickle slow: the drill has turns of its own, and so has the recovery.</summary>
    [Fact]
    public async Task RunDrillTurn_OnlyDrilledSourcesHaveIt()
    {
        var options = new EntropyPoolOptions { AllowDrills = true };
        ScriptedNoiseSource[] sources = [new("one"), new("two"), new("three")];
        await using var scripted = new ScriptedPool(options, sources);
        Assert.True(scripted.HarvestUntil(() => options.AdditionalSources.All(source => scripted[source.Info.Name].Healthy)));
        var drill = Exercise(scripted, "one", DrillKind.Stick);
        Assert.Null(scripted.Pool.TryBeginDrill("one", drill));
        var others = (sources[1].Position, sources[2].Position);

        Drill(scripted, () => scripted["one"].State == SourceState.PermanentlyFailed);
        scripted.Pool.EndDrill("one", drill);
        Drill(scripted, () => scripted["one"].Healthy);

        Assert.Equal(others, (sources[1].Position, sources[2].Position));
        Assert.False(scripted.Pool.Parts.Harvester.RunDrillTurn());
    }

    [Fact]
    public async Task BeginDrill_WhereDrillsAreNotAllowed_Throws()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());

        Assert.Throws<InvalidOperationException>(() => scripted.Pool.BeginDrill(DrillKind.Starve, s_length));
        Assert.Throws<InvalidOperationException>(() => scripted.Pool.TryBeginDrill("one", new SourceExercise(DrillKind.Hang, null)));
        Assert.Throws<ArgumentException>(() => scripted.Pool.TryBeginDrill("nobody", new SourceExercise(DrillKind.Hang, null)));
    }

    private static async Task<ScriptedPool> FilledAsync(int blocks)
    {
        var scripted = new ScriptedPool(new EntropyPoolOptions { AllowDrills = true }, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(blocks));
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status is { BlocksAvailable: 3, State: PoolState.Healthy }));
        return await Task.FromResult(scripted);
    }

    private static SourceExercise Exercise(ScriptedPool scripted, string name, DrillKind kind)
    {
        var cutoffs = scripted[name].Cutoffs!;
        return new SourceExercise(kind, kind == DrillKind.Bias ? DrillPattern.Bias(cutoffs) : DrillPattern.Stick(cutoffs));
    }

    private static void Drill(ScriptedPool scripted, Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "not in time");
            if (!scripted.Pool.Parts.Harvester.RunDrillTurn())
                Thread.Yield();
        }
    }
}
