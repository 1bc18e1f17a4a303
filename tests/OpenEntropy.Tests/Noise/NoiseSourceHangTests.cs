using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>Collections that do not end in time.</summary>
public sealed class NoiseSourceHangTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(40);

    [Fact]
    public void Collect_Hanging_IsAbandonedAndItsLateSamplesEarnNothing()
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s") { Deadline = s_short };
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        var (credit, samples, usable) = (turns.Credit, turns.Status.Samples, turns.Usable);

        noise.Hang = hang;
        turns.Until(() => turns.Source.State == SourceState.Failed);
        Assert.Equal(("gave nothing for 0.04 s", 1), (turns.Status.Reason, turns.Status.Failures["total_failure"]));

        noise.Hang = null;
        hang.Set();
        turns.Until(() => turns.Time.PendingTimers == 1);
        Assert.Equal((1, 1), (noise.Opened, noise.Closed));
        Assert.Equal((credit, samples, usable), (turns.Credit, turns.Status.Samples, turns.Usable));

        turns.Time.Advance(TimeSpan.FromSeconds(1));
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.Equal((credit, 2), (turns.Credit, noise.Opened));
    }

    [Fact]
    public void Collect_LongerThanTheHarvestWaits_IsTakenLaterAndEarnsNothing()
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s");
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy);

        // Turns that usually last 20 ms, so that one of twice the harvest's patience is no stop.
        noise.Busy = begins => SpinWait.SpinUntil(() => !begins, TimeSpan.FromMilliseconds(20));
        var usual = turns.Status.Samples + 16;
        turns.Until(() => turns.Status.Samples >= usual, atMost: 1);
        noise.Busy = null;
        var (credit, tested) = (turns.Credit, turns.Tested);

        // A late turn that this machine disturbed as well earns nothing for that alone: it takes one that was late and nothing else.
        for (var late = 0; turns.Tested == tested; late++)
        {
            Assert.InRange(late, 0, 100);
            var samples = turns.Status.Samples;
            hang.Reset();
            noise.Hang = hang;
            Assert.True(turns.Turn(10));
            Assert.False(turns.Turn(10));
            Assert.Equal(samples, turns.Status.Samples);
            hang.Set();
            turns.Until(() => turns.Status.Samples > samples, atMost: 10);
            Assert.Equal(credit, turns.Credit);
        }

        Assert.Equal((SourceState.Healthy, 0), (turns.Source.State, turns.Status.Failures["total_failure"]));
    }

    [Fact]
    public void Enable_DisabledWhileItHung_TheHangIsStillNoticed()
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s") { Deadline = TimeSpan.FromMilliseconds(200) };
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        noise.Hang = hang;
        turns.Turn(1);
        turns.Source.Disable();
        Assert.False(turns.Turn(1));
        turns.Source.Enable();
        turns.Until(() => turns.Source.State == SourceState.Failed);
        hang.Set();
    }

    [Fact]
    public void Collect_HeldUpForManyTimesItsUsualTurn_IsDroppedAsAStop()
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s");
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy);

        // Longer than the harvest's patience of 50 ms, and a fifth of what a quarter of the deadline is.
        var stops = turns.Status.Dropped["stop"];
        noise.Hang = hang;
        Assert.True(turns.Turn(10));
        hang.Set();
        turns.Until(() => turns.Source.CanTakeTurn(forRaw: false));
        turns.Turn(10);
        Assert.InRange(turns.Status.Dropped["stop"] - stops, 1, 10);
        Assert.Equal(SourceState.Healthy, turns.Source.State);
    }

    [Theory]
    [InlineData("collecting", "retested")]
    [InlineData("collecting", "enabled")]
    [InlineData("opening", "retested")]
    [InlineData("opening", "enabled")]
    public void Starting_StillHanging_FailsAgainOnce(string hanging, string why)
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s") { Deadline = s_short, OpenHang = hanging == "opening" ? hang : null };
        using var turns = new TurnTaker(noise);
        if (hanging == "collecting")
            turns.Until(() => turns.Source.State == SourceState.Healthy);
        noise.Hang = hang;
        turns.Until(() => turns.Source.State == SourceState.Failed);
        if (why == "retested")
            turns.Source.Retest();
        else
        {
            turns.Source.Disable();
            Assert.False(turns.Turn(1));
            turns.Source.Enable();
        }

        Assert.Equal(SourceState.Starting, turns.Source.State);
        turns.Until(() => turns.Source.State == SourceState.Failed);
        for (var i = 0; i < 100; i++)
            Assert.False(turns.Turn(1));
        Assert.Equal(("it still hangs", 2L), (turns.Status.Reason, turns.Status.Failures["total_failure"]));
        hang.Set();
    }

    [Fact]
    public void Close_Hanging_IsToldOnceAndEnableDoesNotStartForEver()
    {
        using var hang = new ManualResetEventSlim();
        var noise = new ScriptedNoiseSource("s") { Deadline = s_short };
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        noise.CloseHang = hang;
        turns.Source.Disable();
        turns.Until(() => turns.Status.LastFailure is not null);
        for (var i = 0; i < 100; i++)
            Assert.False(turns.Turn(1));
        Assert.Equal(("did not close within 0.2 s", 1L), (turns.Status.LastFailure!.Reason, turns.Status.Failures["total_failure"]));

        turns.Source.Enable();
        turns.Until(() => turns.Source.State == SourceState.Failed);
        Assert.Equal("it still hangs", turns.Status.Reason);
        hang.Set();
        turns.Until(() => noise.Opened == 2);
    }

    [Fact]
    public void Take_MeasurementsLongerThanOthersAreWaitedFor_EarnUpToABoundAndAreNoEarnersBeyond()
    {
        var milliseconds = 0;
        var noise = new ScriptedNoiseSource("s");
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        noise.AtMost = 1;
        noise.Busy = begins => SpinWait.SpinUntil(() => !begins, milliseconds);
        milliseconds = 80;
        var credit = turns.Credit;
        turns.Until(() => turns.Credit > credit);
        Assert.True(turns.Source.MayEarn);

        milliseconds = 260;
        turns.Until(() => !turns.Source.MayEarn);
        Assert.Equal(
            (SourceState.Healthy, "one measurement takes longer than the harvest waits: it earns nothing"),
            (turns.Status.State, turns.Status.Reason)
        );
        milliseconds = 0;
        turns.Until(() => turns.Source.MayEarn);
    }
}
