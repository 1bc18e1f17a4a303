using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>Scripted durations, milliseconds.</summary>
public sealed class UsualTurnTests
{
    [Theory]
    [InlineData(1, 40, false)]
    [InlineData(1, 41, true)]
    [InlineData(0.1, 41, true)]
    [InlineData(5, 99, false)]
    [InlineData(5, 101, true)]
    [InlineData(50, 990, false)] // a slow device: a stop is a second
    [InlineData(50, 1010, true)]
    public void IsStop_AfterAHundredAlike_Is20TimesThatAndAtLeast40Milliseconds(double usual, double turn, bool stop)
    {
        var turns = Started(usual);
        Assert.Equal(0, Stops(ref turns, Enumerable.Repeat(usual, 100)));
        Assert.Equal(stop ? 1 : 0, Stops(ref turns, [turn]));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(500)]
    public void IsStop_FirstTurnOfSamplesAsSlowAsTheOpenings_IsNone(double sample)
    {
        var turns = Started(sample);
        var count = TurnLength.AfterOpening(TimeSpan.FromMilliseconds(sample), TimeSpan.FromMilliseconds(20));
        Assert.Equal(0, Stops(ref turns, [count * sample]));
    }

    [Fact]
    public void IsStop_BusyMachine_DropsFewTurns()
    {
        // Eight others share the core: every third turn waits for seven slices of 4 ms, the rest fit into our own.
        var turns = Started(0.1);
        Assert.InRange(Stops(ref turns, Enumerable.Range(0, 3_000).Select(i => i % 3 == 0 ? 29.0 : 1.0)), 0, 20);
    }

    [Fact]
    public void IsStop_SourceThatBecameSlowForGood_IsTakenAgainAfterAFewTurns()
    {
        var turns = Started(1);
        Assert.InRange(Stops(ref turns, Enumerable.Repeat(900.0, 100)), 1, 8);
        Assert.Equal(0, Stops(ref turns, Enumerable.Repeat(900.0, 100)));
    }

    [Fact]
    public void IsStop_AfterAnHourStopped_SeesTheNextStop()
    {
        var turns = Started(1);
        Assert.Equal(1, Stops(ref turns, [3_600_000]));
        Assert.Equal(1, Stops(ref turns, [1, 41]));
    }

    [Fact]
    public void IsStop_AfterTheLongTurnsOfAStartupTest_SeesTheStopInAShortOne()
    {
        var turns = Started(0.01);
        Assert.Equal(0, Stops(ref turns, Enumerable.Repeat(20.0, 50), asked: 1000));
        Assert.Equal(0, Stops(ref turns, [1], asked: 50));
        Assert.Equal(1, Stops(ref turns, [41], asked: 50));
    }

    [Fact]
    public void IsStop_TurnsOfAStartupTestGrowingToTheirTarget_AreNone()
    {
        var turns = Started(0.01);
        Assert.Equal(0, Stops(ref turns, [TurnLength.First * 0.01, TurnLength.First * 0.01 * TurnLength.TrialGrowth, 21, 21, 21]));
    }

    private static UsualTurn Started(double sample)
    {
        var turns = new UsualTurn();
        turns.Start(TimeSpan.FromMilliseconds(sample));
        return turns;
    }

    private static int Stops(ref UsualTurn turns, IEnumerable<double> durations, int asked = 16)
    {
        var stops = 0;
        foreach (var duration in durations)
            stops += turns.IsStop(TimeSpan.FromMilliseconds(duration), asked) ? 1 : 0;
        return stops;
    }
}
