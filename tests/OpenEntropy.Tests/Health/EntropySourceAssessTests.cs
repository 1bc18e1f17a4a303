using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

/// <summary>What an assessment on the machine itself does to a source.</summary>
public sealed class EntropySourceAssessTests
{
    [Fact]
    public void Assess_LowersAndNeverRaises_AndTheCutoffsFollow()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("s"));
        turns.Until(() => turns.Source.State == SourceState.Healthy);

        turns.Source.Assess(2.0 / 3);
        Assert.Equal((SourceState.Healthy, 1.0 / 3), (turns.Source.State, turns.Source.MinEntropy));

        turns.Source.Assess(0.4);
        Assert.Equal((SourceState.Starting, 0.2), (turns.Source.State, turns.Source.MinEntropy));
        Assert.EndsWith("; assessed at 0.4 bits per sample, which lowered its claim to 0.2", turns.Status.Reason, StringComparison.Ordinal);
        Assert.Equal((201, 301), (turns.Status.Cutoffs!.RepetitionIntermittent, turns.Status.Cutoffs.RepetitionPermanent));

        turns.Source.Assess(5);
        Assert.Equal((0.2, 5), (turns.Source.MinEntropy, turns.Status.AssessedMinEntropy));
        Assert.Equal(0.4, turns.Status.LoweredBy);
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        Assert.Equal("assessed at 0.4 bits per sample, which lowered its claim to 0.2", turns.Status.Reason);
        Assert.Equal(0, turns.Credit);
    }

    [Fact]
    public void TakeLowering_OnlyAfterALoweringAndOnce()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("s"));
        turns.Source.Assess(2.0 / 3);
        Assert.False(turns.Source.TakeLowering());
        turns.Source.Assess(0.4);
        turns.Source.Assess(5);
        Assert.True(turns.Source.TakeLowering());
        Assert.False(turns.Source.TakeLowering());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Assess_ClaimTooSmallForTheWindow_EarnsNothingAndIsStillWatched(double assessed)
    {
        var noise = new ScriptedNoiseSource("s");
        using var turns = new TurnTaker(noise);
        turns.Source.Assess(assessed);
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        var tested = turns.Tested;
        turns.Until(() => turns.Tested > tested + 5000);
        Assert.Equal((0d, 0d), (turns.Credit, turns.Source.MinEntropy));
        noise.Override = _ => 9;
        turns.Until(() => turns.Source.State == SourceState.PermanentlyFailed);
    }
}
