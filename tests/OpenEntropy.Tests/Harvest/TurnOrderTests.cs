using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

public sealed class TurnOrderTests
{
    /// <summary>A quick source gives thousands of samples in what one of these takes.</summary>
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(4);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("disabled")]
    [InlineData("unavailable")]
    [InlineData("not opening")]
    public void Next_ACreditedSourceThatWasNeverMeasured_DoesNotSetTheStandard(string why)
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
    public void Next_NotYetMeasured_GoesRound()
    {
        EntropySource[] sources = [Source(new("quick")), Source(Slow("new")), Source(Slow("slow"))];
        Warm([sources[0], sources[2]]);
        Assert.True(SpinWait.SpinUntil(() => sources[1].CanTakeTurn(forRaw: false), s_patience));
        var order = new TurnOrder(sources);
        Assert.Equal([0, 1, 2, 0, 1], Enumerable.Range(0, 5).Select(_ => order.Next()!.Value));
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

    private static ScriptedNoiseSource Slow(string name) =>
        new(name)
        {
            AtMost = 1,
            Busy = busy =>
            {
                if (busy)
                    SpinWait.SpinUntil(() => false, s_slow);
            },
        };

    private static EntropySource Source(ScriptedNoiseSource noise) =>
        new(noise, new HealthOptions(), creditVendors: false, selected: true, new ManualTimeProvider());

    /// <summary>Opens and measures each: a few turns, so that a quick one's are long enough to tell.</summary>
    private static void Warm(EntropySource[] sources)
    {
        foreach (var source in sources)
        {
            for (var turns = 0; turns < 8; )
            {
                if (!source.CanTakeTurn(forRaw: false))
                {
                    Thread.Yield();
                    continue;
                }

                source.Take(TimeSpan.FromMilliseconds(1));
                turns++;
            }
        }
    }
}
