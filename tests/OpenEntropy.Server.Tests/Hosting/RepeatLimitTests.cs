using Microsoft.Extensions.Logging;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Tests.Scripted;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class RepeatLimitTests : IDisposable
{
    private const string Ours = "OpenEntropy.Server.Testing";
    private const int PerMinute = 10;

    private readonly ManualTimeProvider _time = new();
    private readonly Lines _lines = new();
    private readonly RepeatLimit _limit;
    private readonly Logger _serilog;
    private readonly SerilogLoggerProvider _provider;

    public RepeatLimitTests()
    {
        _limit = new RepeatLimit(PerMinute, _time);
        _serilog = new LoggerConfiguration().MinimumLevel.Verbose().Filter.With(_limit).WriteTo.Sink(_lines).CreateLogger();
        _provider = new SerilogLoggerProvider(_serilog);
        _limit.TellTo(_provider);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _serilog.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public void Write_Repeated_WritesTheFirstAndThenOneCount()
    {
        Repeat(25, each => Log(Ours, "told", LogLevel.Error, each));

        Assert.Equal(PerMinute, _lines.Texts.Count);
        Assert.Equal("Error told 0", _lines.Texts[0]);
        _time.Advance(RepeatLimit.Window - TimeSpan.FromTicks(1));
        Assert.Equal(PerMinute, _lines.Texts.Count);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal($"Error 15 more told of {Ours} were left out within a minute", Assert.Single(_lines.Texts.Skip(PerMinute)));
    }

    [Fact]
    public void Write_NextMinute_BeginsAnew()
    {
        Repeat(12, each => Log(Ours, "told", LogLevel.Information, each));
        _time.Advance(RepeatLimit.Window);
        _lines.Texts.Clear();

        Repeat(11, each => Log(Ours, "told", LogLevel.Information, each));
        _time.Advance(RepeatLimit.Window);

        Assert.Equal(PerMinute + 1, _lines.Texts.Count);
        Assert.StartsWith("Information 1 more told", _lines.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NothingLeftOut_TellsNothingAndWaitsForNothing()
    {
        Assert.Equal(0, _time.PendingTimers);
        Repeat(PerMinute, each => Log(Ours, "told", LogLevel.Information, each));
        Assert.Equal(1, _time.PendingTimers);
        _time.Advance(RepeatLimit.Window);

        Assert.Equal(PerMinute, _lines.Texts.Count);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public void Write_OtherNameSourceOrCategory_IsCountedByItself()
    {
        Repeat(PerMinute + 5, each => Log(Ours, "told", LogLevel.Warning, each));
        _lines.Texts.Clear();

        Log(Ours, "other", LogLevel.Warning, 1);
        Log(Ours + ".More", "told", LogLevel.Warning, 2);
        Repeat(PerMinute + 1, _ => About("a"));
        Repeat(PerMinute + 1, _ => About("b"));

        Assert.Equal(2 + 2 * PerMinute, _lines.Texts.Count);
        _lines.Texts.Clear();
        _time.Advance(RepeatLimit.Window);
        Assert.Equal(
            [
                "Warning 1 more about of a were left out within a minute",
                "Warning 1 more about of b were left out within a minute",
                $"Warning 5 more told of {Ours} were left out within a minute",
            ],
            _lines.Texts.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Write_LeftOutAtSeveralLevels_IsToldAtTheWorst()
    {
        Repeat(PerMinute, each => Log(Ours, "told", LogLevel.Information, each));
        Log(Ours, "told", LogLevel.Error, 1);
        Log(Ours, "told", LogLevel.Information, 2);
        _time.Advance(RepeatLimit.Window);

        Assert.StartsWith("Error 2 more told", _lines.Texts[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information)]
    [InlineData("OpenEntropy.Server.Hosting.RequestLog", LogLevel.Information)]
    public void Write_AskedForLineByLine_IsNotLimited(string category, LogLevel level)
    {
        Repeat(50, each => Log(category, "told", level, each));

        Assert.Equal(50, _lines.Texts.Count);
    }

    [Fact]
    public void Write_WarningsOfALibrary_AreLimited()
    {
        Repeat(50, each => Log("Microsoft.AspNetCore.Server.Kestrel", "told", LogLevel.Warning, each));

        Assert.Equal(PerMinute, _lines.Texts.Count);
    }

    [Fact]
    public void Write_MoreKindsThanAreToldApart_TheRestShareACountForEachLevel()
    {
        Repeat(RepeatLimit.MaximumKinds, each => About($"source_{each}"));
        _lines.Texts.Clear();

        Repeat(1000, each => About($"further_{each}"));
        Log(Ours, "told", LogLevel.Error, 1);
        About("source_0");

        Assert.Equal(PerMinute + 2, _lines.Texts.Count);
        _lines.Texts.Clear();
        _time.Advance(RepeatLimit.Window);
        Assert.Equal("Warning 990 more lines of further kinds of level Warning were left out within a minute", Assert.Single(_lines.Texts));
    }

    [Fact]
    public async Task StopAsync_SomethingLeftOut_IsToldAtOnce()
    {
        Repeat(PerMinute + 1, each => Log(Ours, "told", LogLevel.Information, each));
        await _limit.StopAsync(CancellationToken.None);

        Assert.StartsWith("Information 1 more told", _lines.Texts[^1], StringComparison.Ordinal);
    }

    private static void Repeat(int times, Action<int> act)
    {
        for (var i = 0; i < times; i++)
        {
            act(i);
        }
    }

    private void Log(string category, string name, LogLevel level, int number) =>
        _provider.CreateLogger(category).Write(level, new EventId(0, name), "told {Number}", exception: null, ("Number", number));

    private void About(string source) =>
        _provider
            .CreateLogger(Ours)
            .Write(LogLevel.Warning, new EventId(0, "about"), "about {Source}", exception: null, ("Source", source));

    private sealed class Lines : ILogEventSink
    {
        public List<string> Texts { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            using var text = new StringWriter();
            new Serilog.Formatting.Display.MessageTemplateTextFormatter("{Level} {Message:lj}").Format(logEvent, text);
            Texts.Add(text.ToString());
        }
    }
}
