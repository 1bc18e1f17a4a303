using OpenEntropy.Server.Dashboard;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

public sealed class RequestFiguresTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RequestFigures _figures;
    private readonly RequestWindow _window;

    public RequestFiguresTests() => (_figures, _window) = (new RequestFigures(_time), new RequestWindow(_time));

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.009)]
    [InlineData(0.123)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(999)]
    [InlineData(60_000)]
    [InlineData(3_000_000)]
    public void ClassOf_Duration_TellsItToSixPercent(double milliseconds)
    {
        var index = RequestFigures.ClassOf(TimeSpan.FromMilliseconds(milliseconds));

        Assert.InRange(RequestFigures.MillisecondsOf(index), milliseconds * 0.93 - 0.001, milliseconds * 1.07 + 0.001);
    }

    [Fact]
    public void ClassOf_AnyDuration_IsAClassAndGrowsWithIt()
    {
        var last = 0;
        foreach (var ticks in Enumerable.Range(0, 62).Select(bit => 1L << bit))
        {
            var index = RequestFigures.ClassOf(TimeSpan.FromTicks(ticks));
            Assert.InRange(index, last, RequestFigures.Classes - 1);
            last = index;
        }

        Assert.Equal(0, RequestFigures.ClassOf(TimeSpan.FromTicks(-5)));
    }

    [Fact]
    public void Latency_KnownDurations_AreTheirPercentiles()
    {
        _figures.IsWatched = true;
        _window.Add(_figures.Read());
        foreach (var milliseconds in Enumerable.Repeat(2, 94).Concat(Enumerable.Repeat(50, 5)).Append(800))
        {
            Request(milliseconds);
        }

        _window.Add(_figures.Read());

        Assert.InRange(_window.Latency(0.5)!.Value, 1.85, 2.15);
        Assert.InRange(_window.Latency(0.95)!.Value, 46, 54);
        Assert.InRange(_window.Latency(0.99)!.Value, 46, 54);
        Assert.InRange(_window.Latency(1)!.Value, 740, 860);
    }

    [Fact]
    public void Add_OneSecondApart_TellsTheRateAndForgetsOldLatencies()
    {
        _figures.IsWatched = true;
        _window.Add(_figures.Read());
        Assert.Null(_window.PerSecond);
        Assert.Null(_window.Latency(0.5));
        for (var request = 0; request < 10; request++)
        {
            Request(100);
        }

        _window.Add(_figures.Read());
        Assert.Equal(10, _window.PerSecond);
        for (var second = 0; second < 11; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _window.Add(_figures.Read());
        }

        Assert.Equal(0, _window.PerSecond);
        Assert.Null(_window.Latency(0.5));
    }

    [Fact]
    public void Begin_WhileNobodyWatches_IsCountedAndNotTimed()
    {
        Request(5);
        var open = _figures.Begin();
        _figures.IsWatched = true;
        _figures.End(open, isTimed: true);
        _figures.End(_figures.Begin(), isTimed: false);

        var totals = _figures.Read();
        Assert.Equal((3, 3, 0), (totals.Begun, totals.Ended, totals.Durations.Sum()));
    }

    private void Request(int milliseconds)
    {
        var began = _figures.Begin();
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        _figures.End(began, isTimed: true);
    }
}
