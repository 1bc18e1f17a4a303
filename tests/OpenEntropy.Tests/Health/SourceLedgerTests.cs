using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class SourceLedgerTests
{
    [Fact]
    public void Status_AtAMillionSamplesASecond_OneFalseAlarmIn13Days()
    {
        var cutoffs = HealthCutoffs.Derive(1.0 / 3, new HealthOptions());
        var judge = new SourceJudge(new ContinuousTests(cutoffs), SourceState.Starting, null, TimeProvider.System);
        var ledger = new SourceLedger();
        var second = new Collection(CollectionResult.Collected, 1_000_000, TimeSpan.FromSeconds(1));
        ledger.Collected(new byte[second.Count], second, DateTimeOffset.UnixEpoch);

        // By hand: in T seconds there are T·10⁶ samples, each with α = 2⁻⁴⁰ of an RCT alarm, and T·10⁶/512 windows, each with α of an APT alarm.
        var interval = ledger.Status(new ScriptedNoiseSource("s").Info, judge).FalseAlarmInterval!.Value;
        var alarms = ((interval.TotalSeconds * 1e6) + (interval.TotalSeconds * 1e6 / 512)) / Math.Pow(2, 40);
        Assert.Equal(1, alarms, 6);
        Assert.Equal(13, Math.Round(interval.TotalDays));
    }
}
