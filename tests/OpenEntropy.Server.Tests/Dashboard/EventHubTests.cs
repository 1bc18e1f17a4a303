using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Errors;
using Serilog;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>Whom the hub sends what, and when, by a clock that moves by hand.</summary>
public sealed class EventHubTests : IAsyncLifetime
{
    private readonly HubBench _bench = new HubBench().Seeded();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task TryJoin_FirstViewer_IsSentEverythingAtOnceAndThenByTheClock()
    {
        using var watcher = new Watcher(_bench.Hub);
        await watcher.UntilAsync("output", 1);
        Assert.Equal(["log", "status", "sources", "output"], watcher.Names);

        _bench.Tick(3);
        await watcher.UntilAsync("output", 4);
        _bench.Tick();
        await watcher.UntilAsync("sources", 2);

        Assert.Equal(["output", "output", "output", "output", "status", "sources"], watcher.Names.Skip(4));
    }

    [Fact]
    public void Tick_FiftyViewers_MakesEachEventOnceForAll()
    {
        var viewers = Enumerable.Range(0, 50).Select(_ => Join()).ToList();
        var before = _bench.Pool.Status;

        _bench.Tick(8);

        var after = _bench.Pool.Status;
        // Eight times what is shown, and once what is measured: nobody but the hub takes accounts here, when it finds them too old.
        Assert.Equal(((8 * 32) + 4096, 8 + 1), (after.DrbgBytes - before.DrbgBytes, after.GenerateCalls - before.GenerateCalls));
        Assert.Equal(50, _bench.Hub.Viewers);
        viewers.ForEach(_bench.Hub.Leave);
    }

    [Fact]
    public void Leave_LastViewer_StopsTheTimerAndDrawsNoMore()
    {
        var (first, second) = (Join(), Join());
        _bench.Tick();
        _bench.Hub.Leave(first);
        var timers = _bench.Time.PendingTimers;
        _bench.Hub.Leave(second);
        var before = _bench.Pool.Status.DrbgBytes;

        _bench.Tick(20);

        Assert.Equal(timers - 1, _bench.Time.PendingTimers);
        Assert.Equal(before, _bench.Pool.Status.DrbgBytes);
        Assert.False(_bench.Get<PageOutput>().IsWatched);
        Assert.False(_bench.Get<RequestFigures>().IsWatched);
        Assert.Equal(0, _bench.Hub.Viewers);
    }

    [Fact]
    public void TryJoin_BeyondTheMost_IsRefusedUntilOneLeaves()
    {
        var viewers = Enumerable.Range(0, 100).Select(_ => Join()).ToList();
        Assert.Null(_bench.Hub.TryJoin(new EventText(), () => { }));

        _bench.Hub.Leave(viewers[7]);

        Assert.NotNull(_bench.Hub.TryJoin(new EventText(), () => { }));
        Assert.Null(_bench.Hub.TryJoin(new EventText(), () => { }));
    }

    [Fact]
    public async Task Tick_ViewerThatNeverReads_IsDroppedAndTheOtherGoesOn()
    {
        using var silent = new Watcher(_bench.Hub);
        using var other = new Watcher(_bench.Hub);
        var ticks = 0;
        while (silent.Drops == 0)
        {
            Assert.True(++ticks < 10_000, "it is never dropped");
            _bench.Tick();
            await other.UntilAsync("output", ticks + 1);
        }

        _bench.Tick(4);

        await other.UntilAsync("output", ticks + 5);
        Assert.Equal((1, 0, 1), (silent.Drops, other.Drops, _bench.Hub.Viewers));
    }

    [Fact]
    public async Task TryJoin_LinesWhileOthersJoin_ReachEachViewerOnce()
    {
        await using var log = new LoggerConfiguration().WriteTo.Sink(_bench.Get<LogTail>()).CreateLogger();
        log.Information("before");
        using var first = new Watcher(_bench.Hub);
        log.Information("between");
        using var second = new Watcher(_bench.Hub);
        log.Information("after");
        _bench.Tick();

        await first.UntilAsync("log", 3);
        await second.UntilAsync("log", 2);

        Assert.Equal(["before", "between", "after"], first.Lines);
        Assert.Equal(["before", "between", "after"], second.Lines);
    }

    [Fact]
    public async Task MakeStatus_SourceNamedWithMarkup_IsEscaped()
    {
        using var watcher = new Watcher(_bench.Hub);
        await watcher.UntilAsync("output", 1);

        Assert.Contains("\"name\":\"\\u003Ci\\u003E\"", watcher.Last("sources"), StringComparison.Ordinal);
        Assert.DoesNotContain("<", watcher.Last("sources") + watcher.Last("status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MakeStatus_RatesAndRefusals_AreThoseOfTheAccounts()
    {
        var feed = _bench.Get<StatusFeed>();
        var status = _bench.Pool.Status;
        feed.Add(status);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        feed.Add(
            status with
            {
                Reseeds = new Dictionary<string, long>(StringComparer.Ordinal) { ["limit"] = status.Reseeds.Values.Sum() + 3 },
                Sources = [.. status.Sources.Select(source => source with { Samples = source.Samples + 2048 })],
            }
        );
        _bench.Get<RefusalCounts>().Add(new DefaultHttpContext { Response = { StatusCode = 400 } });

        using var watcher = new Watcher(_bench.Hub);
        await watcher.UntilAsync("output", 1);

        using var whole = JsonDocument.Parse(watcher.Last("status"));
        Assert.Equal(3, whole.RootElement.GetProperty("reseeds_per_second").GetDouble());
        Assert.Equal(
            """[{"reason":"bad_request","route":"none","count":1}]""",
            whole.RootElement.GetProperty("requests").GetProperty("refusals").GetRawText()
        );
        using var sources = JsonDocument.Parse(watcher.Last("sources"));
        Assert.All(
            sources.RootElement.GetProperty("sources").EnumerateArray(),
            source => Assert.Equal(2048, source.GetProperty("rate").GetDouble())
        );
    }

    [Fact]
    public async Task Tick_NoSeed_ShowsNoBytesAndGoesOn()
    {
        await using var bench = new HubBench();
        using var watcher = new Watcher(bench.Hub);
        await watcher.UntilAsync("sources", 1);

        bench.Tick(4);
        await watcher.UntilAsync("sources", 2);

        Assert.DoesNotContain("output", watcher.Names);
        using var whole = JsonDocument.Parse(watcher.Last("status"));
        Assert.Equal(JsonValueKind.Null, whole.RootElement.GetProperty("entropy").GetProperty("conditioned").ValueKind);
        Assert.Equal("starting", whole.RootElement.GetProperty("health").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Tick_StateCannotBeMade_GoesOnAndShowsTheNext()
    {
        using var watcher = new Watcher(_bench.Hub);
        var feed = _bench.Get<StatusFeed>();
        var status = _bench.Pool.Status;
        feed.Add(status with { Sources = [.. status.Sources, .. status.Sources] });
        _bench.Tick();
        feed.Add(status);
        Assert.ThrowsAny<Exception>(() => _bench.Get<EventMaker>().MakeStatus(viewers: 1)); // two of a name

        _bench.Tick(3);
        Assert.Equal((1, 0), (_bench.Hub.Viewers, watcher.Drops));
        feed.Add(status);
        _bench.Tick(4);

        await watcher.UntilAsync("status", 2);
    }

    private Viewer Join() => _bench.Hub.TryJoin(new EventText(), () => { })!;
}
