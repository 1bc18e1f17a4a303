using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

/// <summary>A source that only a word for another speed selects; a script is quick on every machine, so the word is <c>slow</c>.</summary>
public sealed class SelectionBySpeedTests
{
    [Fact]
    public void Take_SpeedThatTheWordDoesNotTake_DisablesAndCloses()
    {
        var noise = new ScriptedNoiseSource("s");
        using var turns = new TurnTaker(noise, onlyIf: SourceSpeed.Slow);
        turns.Until(() => turns.Source.State == SourceState.Disabled && noise.Closed == 1);
        Assert.Equal((SourceSpeed.Fast, false, 1), (turns.Status.Speed, turns.Status.Expected, noise.Opened));
        Assert.Matches(@"\Anot selected: 1,024 samples take .* s here, and `slow` takes those of 0\.5 s and more\z", turns.Status.Reason);
        Assert.Equal(0, turns.Status.Failures.Values.Sum());
    }

    [Fact]
    public void Enable_DeselectedForItsSpeed_StaysOn()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("s"), onlyIf: SourceSpeed.Slow);
        turns.Until(() => turns.Source.State == SourceState.Disabled);
        turns.Source.Enable();
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        var tested = turns.Tested;
        turns.Until(() => turns.Tested > tested + 10_000);
        Assert.Equal((SourceState.Healthy, SourceSpeed.Fast, null), (turns.Source.State, turns.Status.Speed, turns.Status.Reason));
    }

    [Fact]
    public void Take_NotMeasured_HasNoFigures()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("s"));
        turns.Until(() => turns.Tested > 0, atMost: 1);
        Assert.Equal((SourceSpeed.Unknown, null), (turns.Status.Speed, turns.Status.SecondsPerStartup));
        Assert.True(turns.Status.SamplesPerSecond > 0);
    }

    [Fact]
    public void Status_CreditedSource_ShowsWhatItEarnedOfTheTimeSinceTheStart()
    {
        using var turns = new TurnTaker(new ScriptedNoiseSource("s"));
        Assert.Equal(0, turns.Status.CreditedBitsPerSecond);
        turns.Source.Account(credit: 30, diverted: 0);
        turns.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1.5, turns.Status.CreditedBitsPerSecond, 9);
    }
}
