using OpenEntropy.Cli.Monitor;
using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Cli.Monitor.Figures;
using OpenEntropy.Cli.Monitor.Keys;
using OpenEntropy.Server.Sources;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>What the screen is made of, from scripted figures.</summary>
public sealed class MonitorModelTests
{
    private readonly MonitorModel _model = new("test");

    [Fact]
    public void Press_UpAndDown_MovesOverHeadingsAndStopsAtTheEnds()
    {
        _model.Take(Scripted.Reading(), default);
        Assert.Equal("sleep_jitter", _model.Sources.Chosen!.Name);

        _model.Press(MonitorKey.Up);
        Assert.Equal("sleep_jitter", _model.Sources.Chosen!.Name);
        _model.Press(MonitorKey.Down);
        _model.Press(MonitorKey.Down);
        Assert.Equal("disk_io", _model.Sources.Chosen!.Name);
        _model.Press(MonitorKey.Last);
        _model.Press(MonitorKey.PageDown);
        Assert.Equal("dram_row_buffer", _model.Sources.Chosen!.Name);
        _model.Press(MonitorKey.First);
        Assert.Equal("sleep_jitter", _model.Sources.Chosen!.Name);
    }

    [Fact]
    public void Take_AListWithoutTheChosen_ChoosesTheOneInItsPlace()
    {
        _model.Take(Scripted.Reading(), default);
        _model.Press(MonitorKey.Down);

        _model.Take(new MonitorReading(Scripted.Pool(61), [.. Scripted.Sources.Skip(2)]), default);
        Assert.Equal("camera_noise", _model.Sources.Chosen!.Name);
        _model.Take(new MonitorReading(Scripted.Pool(62), []), default);
        Assert.Null(_model.Sources.Chosen);
        Assert.Null(_model.RawRequest());
        Assert.Null(_model.FindAct(MonitorKey.Switch));
        _model.Press(MonitorKey.Down);
        _model.Take(Scripted.Reading(63), default);
        Assert.Equal("sleep_jitter", _model.Sources.Chosen!.Name);
    }

    [Theory]
    [InlineData("starting", nameof(SourceAct.Disable))]
    [InlineData("healthy", nameof(SourceAct.Disable))]
    [InlineData("failed", nameof(SourceAct.Disable))]
    [InlineData("disabled", nameof(SourceAct.Enable))]
    [InlineData("permanently_failed", nameof(SourceAct.Enable))]
    [InlineData("unavailable", nameof(SourceAct.Enable))]
    public void FindAct_Switch_IsTheOtherState(string state, string act)
    {
        _model.Take(new MonitorReading(Scripted.Pool(), [Scripted.Source("one", state: state)]), default);

        Assert.Equal(("one", Enum.Parse<SourceAct>(act)), _model.FindAct(MonitorKey.Switch));
        Assert.Equal(("one", SourceAct.Retest), _model.FindAct(MonitorKey.Retest));
        Assert.Null(_model.FindAct(MonitorKey.Down));
    }

    [Fact]
    public void Take_TwoReadings_RatesArePerSecondOfTheServicesTime()
    {
        _model.Take(new MonitorReading(Scripted.Pool(uptime: 60, output: 1000), [Scripted.Source("one", bytes: 100)]), default);
        Assert.Null(_model.Rates!.Output);
        Assert.Null(_model.Rates.Samples("one"));

        _model.Take(new MonitorReading(Scripted.Pool(uptime: 62, output: 9000), [Scripted.Source("one", bytes: 500)]), default);
        Assert.Equal(4000, _model.Rates.Output);
        Assert.Equal(200, _model.Rates.Samples("one"));
        Assert.Null(_model.Rates.Samples("two"));
    }

    [Theory]
    [InlineData(1, 5000)] // it has run for less time
    [InlineData(70, 10)] // longer, and yet has given less
    public void Take_AServiceStartedAnew_ForgetsWhatWasAndSaysSo(double uptime, long output)
    {
        _model.Take(Scripted.Reading(60, 5000), default);
        _model.Take("sleep_jitter", Scripted.Samples(64));
        Assert.Equal(64, _model.Raw!.Window.Count);

        _model.Take(Scripted.Reading(uptime, output), default);

        Assert.Null(_model.Rates!.Output);
        Assert.Equal(0, _model.Raw!.Window.Count);
        Assert.Single(_model.TrailOf("sleep_jitter").Points);
        Assert.Contains("started anew", _model.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fail_ThenAReading_KeepsTheFiguresAndCountsTheSilence()
    {
        _model.Take(Scripted.Reading(), TimeSpan.FromSeconds(10));
        _model.Fail("connection refused", TimeSpan.FromSeconds(11));
        _model.Tick(TimeSpan.FromSeconds(15));

        Assert.Equal("connection refused", _model.Trouble);
        Assert.Equal(TimeSpan.FromSeconds(5), _model.Silence);
        Assert.NotNull(_model.Sources.Chosen);
        Assert.Null(_model.RawRequest());

        _model.Take(Scripted.Reading(61), TimeSpan.FromSeconds(16));
        Assert.Null(_model.Trouble);
        Assert.NotNull(_model.RawRequest());
    }

    [Fact]
    public void RawRequest_OfWhatGivesNoSamples_IsNone()
    {
        _model.Take(Scripted.Reading(), default);
        var asked = new List<string>();
        for (var i = 0; i < _model.Sources.Count; i++, _model.Press(MonitorKey.Down))
        {
            if (_model.RawRequest() is var (source, _))
                asked.Add(source);
        }

        Assert.Equal(["sleep_jitter", "clock_jitter", "cache_contention"], asked);
    }

    [Fact]
    public void Take_RawSamples_AsksForMoreWhenTheyComeAndFewerWhenTheyAreSlow()
    {
        _model.Take(Scripted.Reading(), default);
        Assert.Equal(("sleep_jitter", 64), _model.RawRequest());

        _model.Take("sleep_jitter", Scripted.Samples(64));
        Assert.Equal(128, _model.RawRequest()!.Value.Count);
        for (var i = 0; i < 20; i++)
            _model.Take("sleep_jitter", Scripted.Samples(1024));
        Assert.Equal(202, _model.RawRequest()!.Value.Count); // a twentieth of the 4,046 it gives in a second
        Assert.Equal(1, _model.Raw!.CountFor(Scripted.Source("slow") with { SamplesPerSecond = 0.1 }));
        Assert.Equal(1024, _model.Raw.CountFor(Scripted.Source("fast") with { SamplesPerSecond = 1e9 }));
        for (var i = 0; i < 20; i++)
            _model.Take("sleep_jitter", new RawSamples(default, "too slow", IsSlow: true));
        Assert.Equal(1, _model.RawRequest()!.Value.Count);
        Assert.Equal(SampleWindow.Capacity, _model.Raw!.Window.Count);
        Assert.Equal("too slow", _model.Raw.Why);
    }

    [Fact]
    public void Take_RawSamplesOfAnotherSource_AreDropped()
    {
        _model.Take(Scripted.Reading(), default);
        _model.Press(MonitorKey.Down);
        _model.Take("sleep_jitter", Scripted.Samples(64));

        Assert.Equal(0, _model.Raw!.Window.Count);
    }

    [Fact]
    public void Take_RawForbidden_IsAskedAgainOnlyAfterALoss()
    {
        _model.Take(Scripted.Reading(), default);
        _model.Take("sleep_jitter", new RawSamples(default, "not here", IsForbidden: true));
        Assert.Null(_model.RawRequest());
        _model.Take(Scripted.Reading(61), default);
        Assert.Null(_model.RawRequest());
        Assert.Equal("not here", _model.RawForbidden);

        _model.Fail("connection refused", default);
        _model.Take(Scripted.Reading(62), default);
        Assert.NotNull(_model.RawRequest());
    }

    [Fact]
    public void SampleWindow_MoreThanItHolds_CountsTheLatest()
    {
        var window = new SampleWindow();
        window.Add(Scripted.Samples(SampleWindow.Capacity).Samples.Span);
        var latest = new byte[SampleWindow.Capacity];
        for (var i = 0; i < latest.Length; i++)
            latest[i] = (byte)(i % 4);
        window.Add(latest);

        Assert.Equal(SampleWindow.Capacity, window.Count);
        Assert.Equal(new EntropyPoint(2, 2), window.Entropy);
        Assert.Equal(1024, window.Counts[3]);
        Assert.Equal(0, window.Counts[0x40]);
    }

    [Fact]
    public void SampleWindow_OneValueOrNone_HasNoEntropy()
    {
        var window = new SampleWindow();
        Assert.Equal(default, window.Entropy);
        window.Add(new byte[100]);
        Assert.Equal(default, window.Entropy);
    }
}
