using OpenEntropy.Server.Assessment;
using Xunit;

namespace OpenEntropy.Server.Tests.Assessment;

public sealed class WorkPaceTests
{
    private TimeSpan _processor = TimeSpan.FromSeconds(100);
    private TimeSpan _paused;
    private int _looks;

    [Theory]
    [InlineData(0.001, 20)]
    [InlineData(0.01, 5)]
    [InlineData(0.01, 20)]
    [InlineData(0.25, 7)]
    [InlineData(1, 20)]
    public void Checkpoint_OfWorkThatTakesProcessorTime_KeepsToItsShare(double share, int milliseconds)
    {
        var pace = Pace(share);
        var work = TimeSpan.Zero;
        for (var i = 0; i < 1000; i++)
        {
            work += TimeSpan.FromMilliseconds(milliseconds);
            _processor += TimeSpan.FromMilliseconds(milliseconds);
            pace.Checkpoint();
            Assert.InRange(work / (work + _paused), share * 0.999, share * 1.001);
        }
    }

    [Fact]
    public void Checkpoint_OfLittleWork_PausesOnceThereIsASliceOfIt()
    {
        var pace = Pace(0.5);
        for (var i = 0; i < 4; i++)
        {
            _processor += TimeSpan.FromMilliseconds(1);
            pace.Checkpoint();
        }

        Assert.Equal((TimeSpan.Zero, 4), (_paused, _looks));
        _processor += TimeSpan.FromMilliseconds(1);
        pace.Checkpoint();
        Assert.Equal((TimeSpan.FromMilliseconds(5), 5), (_paused, _looks));
    }

    [Fact]
    public void Checkpoint_OfWorkThatWaitedForTheProcessor_PausesForWhatItUsedAlone()
    {
        var pace = Pace(0.01);
        pace.Checkpoint();

        Assert.Equal(TimeSpan.Zero, _paused);
    }

    [Fact]
    public void Checkpoint_WakeUpThatCosts_IsPaidForByTheNextPause()
    {
        var cost = TimeSpan.FromMilliseconds(1);
        var pace = new WorkPace(
            0.5,
            () => _processor,
            time =>
            {
                _paused += time;
                _processor += time > TimeSpan.Zero ? cost : TimeSpan.Zero;
            }
        );
        for (var i = 0; i < 2; i++)
        {
            _processor += TimeSpan.FromMilliseconds(5);
            pace.Checkpoint();
        }

        Assert.Equal(TimeSpan.FromMilliseconds(11), _paused);
    }

    [Fact]
    public void ProcessorTime_OfAThreadThatWaits_StandsStillAndOfOneThatWorksGrows()
    {
        var start = BackgroundThread.ProcessorTime();
        var sum = 0;
        while (BackgroundThread.ProcessorTime() == start)
        {
            sum++;
        }

        Assert.True(BackgroundThread.ProcessorTime() > start);
        Assert.True(sum >= 0);
    }

    [Fact]
    public void LowerPriority_OnLinux_IsOfTheThreadAloneAndTheLowest()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var before = Fields("/proc/thread-self/stat")[18];
        string[] fields = [];
        var thread = new Thread(() =>
        {
            BackgroundThread.LowerPriority();
            fields = Fields("/proc/thread-self/stat");
        });
        thread.Start();
        thread.Join();

        // proc(5): the 19th field is the nice value; the name in brackets before it holds no blank here.
        Assert.Equal("19", fields[18]);
        Assert.Equal(before, Fields("/proc/thread-self/stat")[18]);
    }

    private static string[] Fields(string path)
    {
        var text = File.ReadAllText(path);
        return ["pid", "comm", .. text[(text.LastIndexOf(')') + 2)..].Split(' ')];
    }

    private WorkPace Pace(double share) =>
        new(
            share,
            () => _processor,
            time =>
            {
                _looks++;
                _paused += time;
            }
        );
}
