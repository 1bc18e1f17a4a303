using OpenEntropy.Health;
using Xunit;

namespace OpenEntropy.Tests.Health;

public sealed class SpeedMeterTests
{
    [Fact]
    public void Add_OneWindowUnderTheLimit_IsFast()
    {
        var meter = new SpeedMeter(SourceSpeed.Unknown);
        Add(meter, turns: 15, samples: 64, milliseconds: 30);
        Assert.Equal((SourceSpeed.Unknown, null), (meter.Speed, meter.SecondsPerStartup));
        Add(meter, turns: 1, samples: 64, milliseconds: 30);
        Assert.Equal((SourceSpeed.Fast, 0.48), (meter.Speed, Rounded(meter)));
    }

    [Fact]
    public void Add_WindowLongerThanItsSamples_CountsThemAll()
    {
        var meter = new SpeedMeter(SourceSpeed.Unknown);
        Add(meter, turns: 1, samples: 4096, milliseconds: 4);
        Assert.Equal((SourceSpeed.Fast, 0.001), (meter.Speed, Rounded(meter)));
    }

    [Fact]
    public void Add_HostBusyInTwoWindows_TheShortestCounts()
    {
        var meter = new SpeedMeter(SourceSpeed.Fast);
        Add(meter, turns: 2, samples: 100, milliseconds: 250);
        Add(meter, turns: 1, samples: 500, milliseconds: 700);
        Assert.Equal(SourceSpeed.Unknown, meter.Speed);
        Add(meter, turns: 2, samples: 512, milliseconds: 100);
        Assert.Equal((SourceSpeed.Fast, 0.2, null), (meter.Speed, Rounded(meter), meter.WhyNotSelected));
    }

    [Fact]
    public void Add_ThreeWindowsPastTheLimit_IsSlowByTheShortest()
    {
        var meter = new SpeedMeter(SourceSpeed.Fast);
        Add(meter, turns: 1, samples: 1, milliseconds: 600);
        Add(meter, turns: 1, samples: 2, milliseconds: 600);
        Assert.Equal(SourceSpeed.Unknown, meter.Speed);
        Add(meter, turns: 1, samples: 1, milliseconds: 600);
        Assert.Equal((SourceSpeed.Slow, 307.2), (meter.Speed, Rounded(meter)));
        Assert.Equal("not selected: 1,024 samples take 307.2 s here, and `fast` takes those under 0.5 s", meter.WhyNotSelected);
    }

    [Fact]
    public void Add_ExactlyTheLimit_IsSlow()
    {
        var meter = new SpeedMeter(SourceSpeed.Unknown);
        Add(meter, turns: 3, samples: 1024, milliseconds: 500);
        Assert.Equal((SourceSpeed.Slow, 0.5), (meter.Speed, Rounded(meter)));
    }

    [Theory]
    [InlineData(300, "0.3")]
    [InlineData(0.4, "less than 0.001")]
    public void WhyNotSelected_FastWhereSlowWasAskedFor_SaysTheFigure(double milliseconds, string figure)
    {
        var meter = new SpeedMeter(SourceSpeed.Slow);
        Add(meter, turns: 1, samples: 1024, milliseconds);
        Assert.Equal($"not selected: 1,024 samples take {figure} s here, and `slow` takes those of 0.5 s and more", meter.WhyNotSelected);
        meter.Keep();
        Assert.Null(meter.WhyNotSelected);
    }

    [Fact]
    public void Restart_FoundFitBefore_ShowsTheNewFigureAndStaysSelected()
    {
        var meter = new SpeedMeter(SourceSpeed.Fast);
        Add(meter, turns: 1, samples: 1024, milliseconds: 100);
        Add(meter, turns: 1, samples: 1024, milliseconds: 400);
        Assert.Equal(0.1, Rounded(meter));
        meter.Restart();
        Assert.Equal((SourceSpeed.Fast, 0.1), (meter.Speed, Rounded(meter)));
        Add(meter, turns: 3, samples: 1024, milliseconds: 700);
        Assert.Equal((SourceSpeed.Slow, 0.7, null), (meter.Speed, Rounded(meter), meter.WhyNotSelected));
    }

    private static double? Rounded(SpeedMeter meter) => meter.SecondsPerStartup is { } seconds ? Math.Round(seconds, 6) : null;

    private static void Add(SpeedMeter meter, int turns, int samples, double milliseconds)
    {
        for (var i = 0; i < turns; i++)
            meter.Add(samples, TimeSpan.FromMilliseconds(milliseconds));
    }
}
