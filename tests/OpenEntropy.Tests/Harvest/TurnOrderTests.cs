using System.Diagnostics;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

public sealed class TurnOrderTests
{
    /// <summary>A quick source gives a thousand samples in what one of these takes.</summary>
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(0.2);

    /// <summary>Enough for a start-up test.</summary>
    private const int QuickSamples = 2000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("disabled")]
    [InlineData("unavailable")]
    [InlineData("not opening")]
    public void Next_ACreditedSourceThatDoesNotWork_DoesNotSetTheStandard(string why)
    {
        var missing = new ScriptedNoiseSource("missing")
        {
            Unavailable = why == "unavailable" ? why : null,
            OpenFailure = why == "not opening" ? new InvalidOperationException(why) : null,
        };
        EntropySource[] sources = [Source(missing), Source(new("quick")), Source(Slow("slow")), Source(Slow("slower"))];
        if (why == "disabled")
            sources[0].Disable();
        Warm(sources[1..]);
        Assert.Equal([1, 2, 1, 3, 1, 2, 1, 3], Alternating(new TurnOrder(sources), sources));
    }

    [Fact]
    public void Next_TheBestFailsForGood_TheBestOfTheOthersGoesRound()
    {
        var best = new ScriptedNoiseSource("best");
        EntropySource[] sources =
        [
            Source(best),
            Source(Slow("slow")),
            Source(new("mixed") { Claim = 0, TestEntropy = 1 }),
            Source(new("mixed too") { Claim = 0, TestEntropy = 1 }),
        ];
        Warm(sources);
        best.Override = _ => 7;
        Assert.True(SpinWait.SpinUntil(() => TakeUntilFailed(sources[0]), s_patience));
        Assert.Equal([1, 2, 1, 3, 1, 2, 1, 3], Alternating(new TurnOrder(sources), sources));
    }

    [Fact]
    public void NextTrial_SeveralOnTrial_GoRoundThoseThatCanEarnFirst()
    {
        EntropySource[] sources =
        [
            Source(new("mixed") { Claim = 0, TestEntropy = 1 }),
            Source(new("healthy")),
            Source(new("one")),
            Source(new("two")),
        ];
        Warm([sources[1]]);
        foreach (var source in sources)
            Assert.True(SpinWait.SpinUntil(() => source.CanTakeTurn(forRaw: false), s_patience));
        var order = new TurnOrder(sources);
        Assert.Equal([2, 3, 2], Enumerable.Range(0, 3).Select(_ => order.NextTrial()!.Value));
        Assert.True(sources[3].TryBegin(TimeSpan.FromMilliseconds(1)));
        Assert.Equal([2, 2], Enumerable.Range(0, 2).Select(_ => order.NextTrial()!.Value));
        Assert.True(sources[2].TryBegin(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(0, order.NextTrial());
        Assert.Equal(1, order.Next());
        foreach (var source in sources)
            source.Dispose();
    }

    [Fact]
    public void LongestTrial_SeveralOnTrial_IsTheOneNothingIsKnownOfAndThenTheSlowest()
    {
        static ScriptedNoiseSource Waiting(string name, double milliseconds) =>
            new(name) { AtMost = 8, Busy = begins => SpinWait.SpinUntil(() => !begins, TimeSpan.FromMilliseconds(milliseconds)) };
        EntropySource[] sources =
        [
            Source(Waiting("slow", 2)),
            Source(Waiting("slowest", 20)),
            Source(new("unknown")),
            Source(new("quick")),
        ];
        foreach (var source in sources)
            Assert.True(SpinWait.SpinUntil(() => source.CanTakeTurn(forRaw: false), s_patience));
        foreach (var source in (EntropySource[])[sources[0], sources[1], sources[3]])
            Assert.True(SpinWait.SpinUntil(() => Measured(source), s_patience));
        var order = new TurnOrder(sources);
        var taken = new List<int>();
        while (order.LongestTrial(room: 1) is { } longest)
        {
            taken.Add(longest);
            Assert.True(sources[longest].TryBegin(TimeSpan.FromMilliseconds(1)));
        }

        Assert.Equal([2, 1, 0, 3], taken);
        foreach (var source in sources)
            source.Dispose();
    }

    [Fact]
    public void LongestTrial_LittleRoom_IsOneThatWaits()
    {
        using var never = new ManualResetEventSlim();
        EntropySource Waiting() => Source(new("waits") { Busy = begins => never.Wait(begins ? 20 : 0) });
        static void Spin(bool begins)
        {
            for (var start = Stopwatch.GetTimestamp(); begins && Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(40); )
                Thread.SpinWait(100);
        }

        EntropySource[] sources = [Source(new("busy") { Busy = Spin }), Waiting()];

        // A source counts as busy as it ever was: where compiling its first turn was much of it, another one is taken.
        for (var attempt = 0; TakeOnce(sources[1]).Load >= 0.5 && attempt < 20; attempt++)
        {
            sources[1].Dispose();
            sources[1] = Waiting();
        }

        TakeOnce(sources[0]);
        Assert.True(
            SpinWait.SpinUntil(
                () => sources[0].Take(TimeSpan.FromMilliseconds(1)) is var _ && sources[0].Load is > 0.6 and < 1.5,
                s_patience
            )
        );

        var order = new TurnOrder(sources);
        Assert.Equal((1, null), (order.LongestTrial(room: 0.5), order.LongestTrial(room: 0)));
        Assert.Equal((1, null), (order.NextTrial(room: 0.5), order.NextTrial(room: 0)));
        foreach (var source in sources)
            source.Dispose();
    }

    [Fact]
    public void NextTrial_SilentSourceThatCouldEarn_DoesNotStandInTheWayAndIsNoFirst()
    {
        EntropySource[] sources =
        [
            Source(new("silent") { MayBeSilent = true, Count = 0 }),
            Source(new("mixed") { Claim = 0, TestEntropy = 1 }),
        ];
        foreach (var source in sources)
            Assert.True(SpinWait.SpinUntil(() => source.CanTakeTurn(forRaw: false), s_patience));
        sources[0].Take(TimeSpan.FromMilliseconds(1));
        Assert.True(SpinWait.SpinUntil(() => !sources[0].IsCollecting || sources[0].IsFetchable, s_patience));
        if (sources[0].IsCollecting)
            sources[0].Take(TimeSpan.FromMilliseconds(1));
        Assert.True(SpinWait.SpinUntil(() => sources[0].CanTakeTurn(forRaw: false), s_patience));
        var order = new TurnOrder(sources);
        Assert.Equal([0, 1, 0, 1], Enumerable.Range(0, 4).Select(_ => order.NextTrial()!.Value));
        Assert.Equal([1, 1], Enumerable.Range(0, 2).Select(_ => order.NextTrial(first: true)!.Value));
        foreach (var source in sources)
            source.Dispose();
    }

    [Fact]
    public void Next_TurnsThatTakeLong_AreWaitedForAFifthOfTheTime()
    {
        EntropySource[] sources = [Source(new("quick")), Source(Slow("long", TimeSpan.FromMilliseconds(5))), Source(Slow("slow"))];
        Warm(sources);
        var order = new TurnOrder(sources);
        Assert.Equal([0, 1, 0, 2], Enumerable.Range(0, 4).Select(_ => order.Next()!.Value));

        // Four hours must pass before it is waited for again.
        order.Taken(1, TimeSpan.FromHours(1));
        order.Taken(2, TimeSpan.FromHours(1));
        Assert.Equal([0, 2, 0, 2], Enumerable.Range(0, 4).Select(_ => order.Next()!.Value));
        foreach (var source in sources)
            source.Dispose();
    }

    private static bool Measured(EntropySource source)
    {
        source.Take(TimeSpan.FromMilliseconds(1));
        return source.LastTurn > TimeSpan.Zero;
    }

    private static bool TakeUntilFailed(EntropySource source)
    {
        if (source.CanTakeTurn(forRaw: false))
            source.Take(TimeSpan.FromMilliseconds(1));
        return source.State == SourceState.PermanentlyFailed;
    }

    /// <summary>Eight turns from a turn of the quick one on.</summary>
    private static List<int> Alternating(TurnOrder order, EntropySource[] sources)
    {
        var turns = Enumerable.Range(0, 8).Select(_ => order.Next()!.Value).ToList();
        foreach (var source in sources)
            source.Dispose();
        return turns;
    }

    private static ScriptedNoiseSource Slow(string name) => Slow(name, s_slow);

    /// <summary>A start-up test as quick as any, and then so long for every sample.</summary>
    private static ScriptedNoiseSource Slow(string name, TimeSpan sample)
    {
        var source = new ScriptedNoiseSource(name);
        source.Busy = begins =>
        {
            if (!begins || source.Position < QuickSamples)
                return;
            source.AtMost = 1;
            SpinWait.SpinUntil(() => false, sample);
        };
        return source;
    }

    private static EntropySource TakeOnce(EntropySource source)
    {
        Assert.True(SpinWait.SpinUntil(() => source.CanTakeTurn(forRaw: false), s_patience));
        source.Take(TimeSpan.FromMilliseconds(1));
        return source;
    }

    private static EntropySource Source(ScriptedNoiseSource noise) =>
        new(noise, new HealthOptions(), creditVendors: false, selected: true, new ManualTimeProvider());

    /// <summary>Opens each, brings it through its start-up test, and measures it.</summary>
    private static void Warm(EntropySource[] sources)
    {
        foreach (var source in sources)
        {
            for (var turns = 0; turns < 4; )
            {
                if (!source.CanTakeTurn(forRaw: false))
                {
                    Thread.Yield();
                    continue;
                }

                source.Take(TimeSpan.FromMilliseconds(1));
                turns += source.State == SourceState.Healthy && source.Status().Samples > QuickSamples ? 1 : 0;
            }
        }
    }
}
