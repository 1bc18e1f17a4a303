using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>Sources in which nothing may happen for hours: that is no failure of theirs, and they are closed as promptly as others.</summary>
public sealed class NoiseSourceSilenceTests
{
    [Fact]
    public void Collect_NothingHappened_WaitsWithoutFailureAndIsHealthyOnceSamplesCome()
    {
        var noise = new ScriptedNoiseSource("s") { MayBeSilent = true, Count = 0 };
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Status.Reason == "it is open and waits for something to happen; not started yet");
        var asked = noise.Position;
        turns.Until(() => noise.Position > asked);
        Assert.Equal((SourceState.Starting, 0, 0), (turns.Source.State, turns.Status.Failures["total_failure"], turns.Status.Samples));
        Assert.Equal((1, 0), (noise.Opened, noise.Closed));

        noise.Count = null;
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        noise.Count = 0;
        var samples = turns.Status.Samples;
        asked = noise.Position;
        turns.Until(() => noise.Position > asked);
        Assert.Equal((SourceState.Healthy, null, samples), (turns.Source.State, turns.Status.Reason, turns.Status.Samples));
    }

    [Fact]
    public void Disable_NothingHappened_ClosesIt()
    {
        var noise = new ScriptedNoiseSource("s") { MayBeSilent = true, Count = 0 };
        using var turns = new TurnTaker(noise);
        turns.Until(() => noise.Position > 100);
        turns.Source.Disable();
        turns.Until(() => noise.Closed == 1, atMost: 1);
        Assert.Equal(SourceState.Disabled, turns.Source.State);
    }

    [Fact]
    public void Collect_FailingInItsSilence_IsATotalFailure()
    {
        var noise = new ScriptedNoiseSource("s") { MayBeSilent = true, Count = 0 };
        using var turns = new TurnTaker(noise);
        turns.Until(() => noise.Position > 100);
        noise.Failure = new OpenEntropy.Noise.NoiseSourceException("the device is gone");
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1);
        Assert.Equal("the device is gone; next attempt in 1 s", turns.Status.Reason);
    }

    [Fact]
    public void Take_SamplesThatComeNowAndThen_HaveNoSpeedAndTheRateOfTheClock()
    {
        var noise = new ScriptedNoiseSource("s") { MayBeSilent = true };
        using var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy);
        turns.Until(() => turns.Source.CanTakeTurn(forRaw: false));
        turns.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(turns.Turn(1));
        var status = turns.Status;
        Assert.Equal((SourceSpeed.Unknown, null), (status.Speed, status.SecondsPerStartup));
        Assert.Equal(10, status.CollectionSeconds, 6);
        Assert.Equal(status.Samples / 10.0, status.SamplesPerSecond, 6);
        Assert.Equal(0.1, turns.Source.SamplesPerSecond, 6);
    }
}
