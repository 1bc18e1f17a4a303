using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>The events through the public door.</summary>
public sealed class EventRouteTests : EventServiceTests
{
    [Fact]
    public async Task Get_Events_AreTheContracts()
    {
        using var events = await PageEvents.WatchAsync(Client);

        var hello = await events.ReadAsync("hello");
        Assert.Equal("2000", events.Retry);
        Assert.Equal(
            ["version", "started_at", "time", "raw_allowed", "may_operate", "operate_reason", "reading_needs_key", "algorithms"],
            Members(hello)
        );
        Assert.InRange(
            hello.GetProperty("started_at").GetDateTimeOffset(),
            DateTimeOffset.UnixEpoch,
            hello.GetProperty("time").GetDateTimeOffset()
        );
        Assert.Contains("ML-KEM-768", hello.GetProperty("algorithms").GetProperty("kem").EnumerateArray().Select(each => each.GetString()));

        var lines = (await events.ReadAsync("log")).GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(["time", "level", "event", "category", "message"], Members(lines[0]));
        Assert.Contains(lines, line => line.Text("message").StartsWith("Now listening on: http://127.0.0.1:", StringComparison.Ordinal));

        var status = await events.ReadAsync("status");
        Assert.Equal(["time", "health", "pool", "entropy", "requests", "reseeds_per_second", "page_bytes", "viewers"], Members(status));
        Assert.Equal(Members((await Client.JsonAsync("/health")).Body), Members(status.GetProperty("health")));
        Assert.Equal(Members((await Client.JsonAsync("/pool/status")).Body), Members(status.GetProperty("pool")));
        Assert.Equal(["raw", "conditioned"], Members(status.GetProperty("entropy")));
        Assert.Equal(["shannon", "min", "collision"], Members(status.GetProperty("entropy").GetProperty("conditioned")));
        Assert.Equal(
            ["per_second", "in_flight", "p50_ms", "p95_ms", "p99_ms", "bytes_per_second", "refusals"],
            Members(status.GetProperty("requests"))
        );
        Assert.Equal(1, status.GetProperty("viewers").GetInt32());

        var sources = (await events.ReadAsync("sources")).GetProperty("sources").EnumerateArray().ToList();
        var listed = (await Client.JsonAsync("/sources")).Body.GetProperty("sources").EnumerateArray().ToList();
        Assert.Equal(listed.Select(each => each.Text("name")), sources.Select(each => each.Text("name")));
        Assert.Equal(
            "name state healthy reason rate bytes entropy min_entropy collision_entropy claimed_min_entropy assessed_min_entropy failures "
                + "rct_failures apt_failures other_failures credit_share",
            string.Join(' ', Members(sources[0]))
        );

        Assert.Matches("^[0-9a-f]{64}$", (await events.ReadAsync("output")).Text("hex"));
        await UntilAsync(events, requests => IsPositive(requests, "per_second") && IsPositive(requests, "p99_ms"));
        await UntilAsync(events, requests => requests.GetProperty("in_flight").GetInt64() == 0);
    }

    [Fact]
    public async Task Get_Output_AppearsNowhereElse()
    {
        var shown = new ShownBytes();
        using (var events = await PageEvents.WatchAsync(Client))
        {
            for (var i = 0; i < 6; i++)
            {
                shown.Add(Convert.FromHexString((await events.ReadAsync("output")).Text("hex")));
            }

            foreach (
                var path in new[]
                {
                    "/",
                    "/events/history",
                    "/events/history?minutes=1440&source=scripted_a",
                    "/metrics",
                    "/health",
                    "/pool/status",
                    "/sources",
                    "/api/v1/random?format=hex&length=100000",
                    "/api/v1/random?format=hex&length=96&conditioning=limited&timeout=30",
                }
            )
            {
                var text = await Client.GetStringAsync(new Uri(path, UriKind.Relative));
                Assert.True(shown.FindIn(text) is null, path);
            }
        }

        Assert.Null(shown.FindIn(Factory.Logs.Text));
        Assert.Empty(Factory.Logs.Errors);
    }

    [Fact]
    public async Task Get_FiftyAtOnce_AllSeeTheSameBytes()
    {
        var watching = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PageEvents.WatchAsync(Client)));
        var first = await Task.WhenAll(watching.Select(each => each.ReadAsync("sources")));
        var later = await Task.WhenAll(watching.Select(each => each.ReadAsync("output")));

        Assert.Equal(50, first.Length);
        Assert.All(later, each => Assert.Equal(64, each.Text("hex").Length));
        Assert.InRange(later.Select(each => each.Text("hex")).Distinct(StringComparer.Ordinal).Count(), 1, 49);
        Array.ForEach(watching, each => each.Dispose());
        await ServerFactory.UntilAsync(() => Task.FromResult(Factory.Services.GetRequiredService<EventHub>().Viewers == 0));
        Assert.Empty(Factory.Logs.Errors);
    }

    [Fact]
    public async Task Get_OneMoreThanMay_IsRefusedAndHeadToo()
    {
        var hub = Factory.Services.GetRequiredService<EventHub>();
        var viewers = Enumerable.Range(0, EventHub.MostViewers).Select(_ => hub.TryJoin(new EventText(), () => { })!).ToList();

        await Client.AssertRefusedAsync("/events", "as many watch as may, 100");
        using var head = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/events"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, head.StatusCode);

        viewers.ForEach(hub.Leave);
        using var free = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/events"));
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (free.StatusCode, free.Content.Headers.ContentType?.ToString()));
        Assert.Equal("no", Assert.Single(free.Headers.GetValues("X-Accel-Buffering")));
    }

    [Fact]
    public async Task Get_SourceIsSwitchedOff_IsSeenInTheEventsAndTheLog()
    {
        using var events = await PageEvents.WatchAsync(Client);
        await events.ReadAsync("sources");

        using var answer = await Client.PostAsync(new Uri("/sources/scripted_a/disable", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        string log;
        do
        {
            log = (await events.ReadAsync("log")).GetRawText();
        } while (!log.Contains("scripted_a: Disable asked by an operator", StringComparison.OrdinalIgnoreCase));
        JsonElement source;
        do
        {
            source = (await events.ReadAsync("sources"))
                .GetProperty("sources")
                .EnumerateArray()
                .Single(each => each.Text("name") == "scripted_a");
        } while (source.Text("state") != "disabled");
        Assert.False(source.GetProperty("healthy").GetBoolean());
    }

    private static bool IsPositive(JsonElement requests, string member) =>
        requests.GetProperty(member) is { ValueKind: JsonValueKind.Number } number && number.GetDouble() > 0;

    // A request each time: of the state only the newest is sent to one who is behind.
    private async Task UntilAsync(PageEvents events, Func<JsonElement, bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition((await events.ReadAsync("status")).GetProperty("requests")))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < ServerFactory.Patience, "it never comes");
            await Client.GetStringAsync(new Uri("/health", UriKind.Relative));
        }
    }

    private static string[] Members(JsonElement body) => [.. body.EnumerateObject().Select(member => member.Name)];
}
