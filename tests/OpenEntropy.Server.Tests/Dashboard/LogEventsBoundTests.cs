using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Dashboard;
using Serilog;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>However much is logged, those who watch are sent the latest of it, are told what is left out, and stay.</summary>
public sealed class LogEventsBoundTests : IAsyncLifetime
{
    private readonly HubBench _bench = new HubBench().Seeded();
    private Serilog.Core.Logger _log = null!;

    public Task InitializeAsync()
    {
        _log = new LoggerConfiguration().WriteTo.Sink(_bench.Get<LogTail>()).CreateLogger();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _log.DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(5000)]
    public async Task Tick_ManyLongLines_AreCutToTheLatestAndTheViewerStays(int count)
    {
        using var watcher = new Watcher(_bench.Hub);
        await watcher.UntilAsync("output", 1);
        for (var tick = 1; tick <= 8; tick++)
        {
            LogLong(count);
            _bench.Tick();
            await watcher.UntilAsync("log", tick + 1);
        }

        await watcher.UntilAsync("output", 9);
        Assert.Equal((0, 1), (watcher.Drops, _bench.Hub.Viewers));
        var lines = Lines(watcher);
        Assert.InRange(Encoding.UTF8.GetByteCount(watcher.Last("log")), LogEvents.MostNewsBytes / 2, LogEvents.MostNewsBytes + 1000);
        Assert.Equal(("lines_left_out", "warning"), (lines[0].GetProperty("event").GetString(), lines[0].GetProperty("level").GetString()));
        Assert.Equal($"lines left out here: {count - (lines.Count - 1)}", lines[0].GetProperty("message").GetString());
        Assert.StartsWith($"{count - 1} <", lines[^1].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryJoin_ManyLongLines_SendsTheLatest32KiB()
    {
        LogLong(200);
        using var watcher = new Watcher(_bench.Hub);
        await watcher.UntilAsync("log", 1);

        Assert.InRange(Encoding.UTF8.GetByteCount(watcher.Last("log")), LogEvents.MostBacklogBytes / 2, LogEvents.MostBacklogBytes + 1000);
        Assert.StartsWith("199 <", Lines(watcher)[^1].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("lines_left_out", watcher.Last("log"), StringComparison.Ordinal);
    }

    // Six bytes for each character, once it is escaped.
    private void LogLong(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _log.Information("{Number} {Text:l}", i, new string('<', 1000));
        }
    }

    private static List<JsonElement> Lines(Watcher watcher) =>
        [.. JsonElement.Parse(watcher.Last("log")).GetProperty("lines").EnumerateArray()];
}
