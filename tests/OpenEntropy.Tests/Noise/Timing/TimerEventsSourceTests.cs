using System.Runtime.Versioning;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Timing;
using Xunit;

namespace OpenEntropy.Tests.Noise.Timing;

[SupportedOSPlatform("linux")]
[Collection(HardwareAlone.Name)]
public sealed class TimerEventsSourceTests
{
    private const string Timer = "anon_inode:[timerfd]";

    [LinuxFact]
    public void Close_AfterEachOpening_LeavesNoTimer()
    {
        var source = new TimerEventsSource();
        for (var round = 0; round < 3; round++)
        {
            var before = OpenFiles.CountOfKind(Timer);
            source.Open();
            Assert.Equal(before + 1, OpenFiles.CountOfKind(Timer));
            Assert.Equal(4, source.Measure(new long[4]));
            source.Close();
            Assert.Equal(before, OpenFiles.CountOfKind(Timer));
        }

        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [LinuxFact]
    public void Wait_LongerThanTheLimit_ThrowsAndTheNextIsWaitedFor()
    {
        using var timer = new WakeUpTimer();

        Assert.Throws<NoiseSourceException>(() => timer.Wait(nanoseconds: 999_999_999, limitMilliseconds: 1));
        timer.Wait(nanoseconds: 1000, limitMilliseconds: 1000);
    }
}
