using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

/// <summary>The pauses before a source is opened again, where it is watched for total failure only: one sample makes it healthy.</summary>
public sealed class BackOffTests
{
    [Fact]
    public void Take_OpensGivesASampleAndFailsEachTime_IsOpenedLessAndLessOften()
    {
        var noise = Watched();
        using var turns = new TurnTaker(noise);
        noise.Busy = begins =>
        {
            if (begins && turns.Source.State == SourceState.Healthy)
                throw new NoiseSourceException("it broke");
        };
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32 })
        {
            turns.Until(() => turns.Source.State == SourceState.Healthy, atMost: 1);
            FailsWith(turns, $"it broke; next attempt in {seconds} s");
            turns.Time.Advance(TimeSpan.FromSeconds(seconds));
        }
    }

    [Theory]
    [InlineData(1023, 2)]
    [InlineData(1024, 1)]
    public void Take_FailsAfterSoManySamples_IsOpenedSoonOnlyWhereItPassedAStartupTestsWorth(int samples, int seconds)
    {
        var noise = Watched();
        using var turns = FailedOnce(noise);
        var passed = turns.Tested;
        turns.UntilTested(passed + samples);
        noise.Failure = new NoiseSourceException("it broke");
        FailsWith(turns, $"it broke; next attempt in {seconds} s");
    }

    [Theory]
    [InlineData(59, 2)]
    [InlineData(60, 1)]
    public void Take_FailsAfterSoManySecondsOfFewSamples_IsOpenedSoonOnlyAfterAMinute(int healthy, int seconds)
    {
        var noise = Watched();
        using var turns = FailedOnce(noise);
        turns.Until(() => turns.Source.State == SourceState.Healthy, atMost: 1);
        turns.Time.Advance(TimeSpan.FromSeconds(healthy));
        turns.UntilTested(turns.Tested + 1);
        noise.Failure = new NoiseSourceException("it broke");
        FailsWith(turns, $"it broke; next attempt in {seconds} s");
    }

    /// <summary>No test has cutoffs.</summary>
    private static ScriptedNoiseSource Watched() => new("s") { Claim = 0 };

    /// <summary>A source that failed at its first collection and may be opened again.</summary>
    private static TurnTaker FailedOnce(ScriptedNoiseSource noise)
    {
        var turns = new TurnTaker(noise);
        turns.Until(() => turns.Source.CanTakeTurn(forRaw: false));
        noise.Failure = new NoiseSourceException("it broke");
        FailsWith(turns, "it broke; next attempt in 1 s");
        noise.Failure = null;
        turns.Time.Advance(TimeSpan.FromSeconds(1));
        return turns;
    }

    private static void FailsWith(TurnTaker turns, string reason)
    {
        turns.Until(() => turns.Source.State == SourceState.Failed && turns.Time.PendingTimers == 1, atMost: 1);
        Assert.Equal(reason, turns.Status.Reason);
    }
}
