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
        for (var i = 0; i < 16; i++)
            Assert.True(turns.Turn(1));
        noise.Busy = null;
        var (credit, tested) = (turns.Credit, turns.Tested);

        noise.Hang = hang;
        Assert.True(turns.Turn(10));
        Assert.False(turns.Turn(10));
        Assert.Equal(tested, turns.Tested);
        hang.Set();
        turns.Until(() => turns.Tested > tested, atMost: 10);
        Assert.Equal((credit, SourceState.Healthy, 0), (turns.Credit, turns.Source.State, turns.Status.Failures["total_failure"]));
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
}
