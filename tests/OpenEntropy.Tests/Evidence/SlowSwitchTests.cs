using System.Runtime.InteropServices;
using OpenEntropy.Evidence.Switching;
using OpenEntropy.Tests.Noise;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

/// <summary>Switching what takes so long that the time is over before the rounds.</summary>
[Collection(HardwareAlone.Name)]
public sealed class SlowSwitchTests
{
    private const int Leak = 4 << 20; // so much that one round in each half shows it

    [LinuxFact]
    public void Of_ASlowSourceThatKeepsMemory_SaysSoThoughHalfTheRoundsAreNeverReached()
    {
        using var time = new ManualResetEventSlim();
        var kept = new List<nint>();
        var source = new ScriptedMeasuredSource(at => at)
        {
            Opening = () =>
            {
                time.Wait(TimeSpan.FromMilliseconds(10)); // a slow opening
                kept.Add(Marshal.AllocHGlobal(Leak));
            },
        };

        var result = SwitchRun.Of(source, 1_000_000, TimeSpan.FromMilliseconds(500));
        kept.ForEach(Marshal.FreeHGlobal);

        Assert.InRange(result.Rounds, 2, 50);
        Assert.Equal(1_000_000, result.Asked);
        Assert.Contains(" bytes of memory", result.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(37, null, "37 of 1,000", "nothing left; the time was over")]
    [InlineData(1_000, null, "1,000", "nothing left")]
    [InlineData(2, "it gave no sample", "2 of 1,000", "it gave no sample")]
    public void Result_OfRounds_SaysHowManyOfThoseAsked(int rounds, string? problem, string roundsOfAsked, string finding)
    {
        var result = new SwitchResult(rounds, "switched", ProcessHoldings.None, ProcessHoldings.None, problem, Asked: 1_000);

        Assert.Equal((roundsOfAsked, finding), (result.RoundsOfAsked, result.Finding));
    }
}
