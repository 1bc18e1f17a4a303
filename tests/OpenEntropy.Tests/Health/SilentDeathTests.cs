using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

/// <summary>
/// A source that earned credit and then goes on giving samples that hold nothing: what the tests say of each way, and what it earns yet. Also what they
/// do not notice, so that nobody takes it for noticed.
/// </summary>
public sealed class SilentDeathTests
{
    [Fact]
    public void Take_ClockStandsStill_FailsForGoodAndEarnsNothingFromThenOn()
    {
        var noise = new ScriptedNoiseSource("frozen");
        using var turns = Healthy(noise);
        noise.Override = _ => 0; // every delta is zero
        var credit = turns.Credit;

        turns.Until(() => turns.Source.State == SourceState.PermanentlyFailed, atMost: 1);

        Assert.InRange(turns.Credit, credit, credit + 0.34); // at most the sample that was under way
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-3)]
    [InlineData(1)]
    [InlineData(127)]
    public void Take_DeltasThatFallOrRiseEvenly_EarnNothing(int step)
    {
        var noise = new ScriptedNoiseSource("even");
        using var turns = Healthy(noise);
        noise.Override = position => (byte)(position * step);
        var (tested, credit, dropped) = (turns.Tested, turns.Credit, Dropped(turns));

        turns.Until(() => turns.Tested > tested + 5000);

        // Until three samples stand on the line, they are not seen to; nor where some in between were dropped, since this machine stood still.
        Assert.InRange((turns.Credit - credit) * 3, 0, 3.01 + Dropped(turns) - dropped);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(100)]
    public void Take_SlowDrift_PassesTheTestsAndEarnsForItsStepsAlone(int samplesPerStep)
    {
        var noise = new ScriptedNoiseSource("drift");
        using var turns = Healthy(noise);
        noise.Override = position => (byte)(position / samplesPerStep);
        var (tested, credit, dropped, position) = (turns.Tested, turns.Credit, Dropped(turns), noise.Position);

        turns.Until(() => turns.Tested > tested + 5000);

        var steps = ((noise.Position - position) / samplesPerStep) + 3 + Dropped(turns) - dropped;
        Assert.Equal(SourceState.Healthy, turns.Source.State);
        Assert.InRange((turns.Credit - credit) * 3, 1, steps + 0.01);
    }

    [Fact]
    public void Take_DriftSlowerThanTheRunAllowed_Fails()
    {
        var noise = new ScriptedNoiseSource("slow");
        using var turns = Healthy(noise);
        noise.Override = position => (byte)(position / 400);

        turns.Until(() => turns.Source.State is SourceState.Failed or SourceState.PermanentlyFailed, atMost: 1);

        Assert.True(turns.Status.Failures["rct"] > 0);
    }

    [Fact]
    public void Take_SourceThatRepeatsAnothersStream_IsNotNoticed()
    {
        using var one = Healthy(new ScriptedNoiseSource("one"));
        using var same = Healthy(new ScriptedNoiseSource("same"));

        Assert.True(one.Credit > 0 && same.Credit > 0);
        Assert.Equal((SourceState.Healthy, SourceState.Healthy), (one.Source.State, same.Source.State));
    }

    private static TurnTaker Healthy(ScriptedNoiseSource noise)
    {
        var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy && turns.Credit > 0, atMost: 1);
        return turns;
    }

    private static long Dropped(TurnTaker turns) => turns.Status.Samples - turns.Tested;
}
