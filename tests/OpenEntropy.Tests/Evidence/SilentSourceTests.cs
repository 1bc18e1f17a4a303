using System.Diagnostics;
using OpenEntropy.Evidence.Correlation;
using OpenEntropy.Evidence.Recordings;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

/// <summary>Sources that give a sample only when something happens.</summary>
[Collection(HardwareAlone.Name)]
public sealed class SilentSourceTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void Take_WhereNothingHappens_WaitsUntilTheTimeIsOverWithoutABusyLoop()
    {
        var asked = 0;
        var source = new ScriptedNoiseSource("silent")
        {
            MayBeSilent = true,
            AtMost = 0,
            Busy = begins => asked += begins ? 1 : 0,
        };

        var recording = SourceRecorder.Take(source, 100, s_limit, TimeProvider.System);

        Assert.Equal((0, "nothing came within 0.2 s", false), (recording.Samples.Length, recording.Shortfall, recording.HasFailed));
        Assert.InRange(asked, 2, 22); // 10 ms at least between two
    }

    [Fact]
    public void Take_WhereSomethingHappensNowAndThen_GoesOn()
    {
        var asked = 0;
        var source = new ScriptedNoiseSource("silent") { MayBeSilent = true };
        source.Busy = begins => source.AtMost = begins ? (++asked % 3 == 0 ? 4 : 0) : source.AtMost;

        var recording = SourceRecorder.Take(source, 10, TimeSpan.FromSeconds(30), TimeProvider.System);

        Assert.Equal((10, null, false), (recording.Samples.Length, recording.Shortfall, recording.HasFailed));
        Assert.Contains("10 ms later where nothing had happened", recording.Sequence, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_OfASourceThatMayNotBeSilent_FailsWhereItIs()
    {
        var recording = SourceRecorder.Take(new ScriptedNoiseSource("mute") { AtMost = 0 }, 10, s_limit, TimeProvider.System);

        Assert.Equal(("it gave no sample", true), (recording.Shortfall, recording.HasFailed));
    }

    [Fact]
    public void TimedSource_WhereNothingHappens_WaitsUntilTheEnd()
    {
        var asked = 0;
        var source = new ScriptedNoiseSource("silent")
        {
            MayBeSilent = true,
            AtMost = 0,
            Busy = begins => asked += begins ? 1 : 0,
        };
        var series = new TimedSeries(16);
        using (var timed = TimedSource.Open(source))
        {
            timed.Begin(series, Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10));
            timed.Wait(s_limit);
        }

        Assert.Equal((0, 1), (series.Count, source.Closed));
        Assert.InRange(asked, 2, 102); // 1 ms at least between two
    }
}
