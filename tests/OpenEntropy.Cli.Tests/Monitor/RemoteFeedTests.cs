using System.Text;
using System.Text.Json;
using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Sources;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>What is asked of a service, and what is made of its answers, good and bad.</summary>
public sealed class RemoteFeedTests
{
    private static readonly byte[] s_pool = JsonSerializer.SerializeToUtf8Bytes(Scripted.Pool(), ServerJson.Readable.PoolBody);

    private static readonly byte[] s_sources = JsonSerializer.SerializeToUtf8Bytes(
        new SourceListBody(Scripted.Sources, 6, "note"),
        ServerJson.Readable.SourceListBody
    );

    [Theory]
    [InlineData("", null, "GET /pool/status;GET /sources")]
    [InlineData("/mounted/here", "timing,disk_io", "GET /mounted/here/pool/status;GET /mounted/here/sources?select=timing%2Cdisk_io")]
    public async Task Read_OfAService_IsItsFigures(string path, string? selection, string asked)
    {
        await using var service = new StubService(request =>
            (200, request.Contains("pool", StringComparison.Ordinal) ? s_pool : s_sources)
        );
        await using var feed = service.Feed(path, selection);

        var reading = await feed.ReadAsync(default);

        Assert.Equal(60, reading.Pool.UptimeSeconds);
        Assert.Equal(Scripted.Sources.Select(source => source.Name), reading.Sources.Select(source => source.Name));
        Assert.Equal(asked, string.Join(';', service.Asked));
        Assert.Equal(service.Address.ToString().TrimEnd('/') + path, feed.Subject);
    }

    [Theory]
    [InlineData(200, "<html>", "its answer is not that of an OpenEntropy service of this version")]
    [InlineData(200, "null", "its answer is not that of an OpenEntropy service of this version")]
    [InlineData(200, "{\"state\":\"healthy\"}", "its answer is not that of an OpenEntropy service of this version")]
    [InlineData(404, "Not found", "/pool/status: answered with status 404")]
    [InlineData(302, "", "/pool/status: answered with status 302")]
    [InlineData(500, "{\"message\":7}", "/pool/status: answered with status 500")]
    [InlineData(500, "{\"message\":\"\\ud800\"}", "/pool/status: answered with status 500")]
    [InlineData(400, "{\"message\":\"\\u001b[2Jgone\\n\"}", "/pool/status:  [2Jgone ")]
    [InlineData(400, "{\"success\":false,\"message\":\"no such thing\"}", "/pool/status: no such thing")]
    public async Task Read_OfWhatIsNoService_SaysSo(int status, string body, string problem)
    {
        await using var service = new StubService(_ => (status, Encoding.UTF8.GetBytes(body)));
        await using var feed = service.Feed();

        var exception = await Assert.ThrowsAsync<MonitorFeedException>(() => feed.ReadAsync(default));

        Assert.Equal(problem, exception.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"sources\":null,\"total\":0,\"note\":\"\"}")]
    [InlineData("{\"sources\":[null],\"total\":1,\"note\":\"\"}")]
    [InlineData("twice")]
    public async Task Read_ListsThatAreNone_SaysSo(string body)
    {
        var source = Scripted.Source("disk_io");
        var list =
            body == "twice"
                ? JsonSerializer.Serialize(new SourceListBody([source, source], 2, "note"), ServerJson.Readable.SourceListBody)
                : body;
        await using var service = new StubService(request =>
            (200, request.Contains("pool", StringComparison.Ordinal) ? s_pool : Encoding.UTF8.GetBytes(list))
        );
        await using var feed = service.Feed();

        var exception = await Assert.ThrowsAsync<MonitorFeedException>(() => feed.ReadAsync(default));

        Assert.Equal("its answer is not that of an OpenEntropy service of this version", exception.Message);
    }

    [Fact]
    public async Task Read_NullInThePool_SaysSo()
    {
        var pool = System.Text.Json.Nodes.JsonNode.Parse(s_pool)!.AsObject();
        pool["bytes"] = null;
        await using var service = new StubService(_ => (200, Encoding.UTF8.GetBytes(pool.ToJsonString())));
        await using var feed = service.Feed();

        await Assert.ThrowsAsync<MonitorFeedException>(() => feed.ReadAsync(default));
    }

    [Fact]
    public async Task Read_AnAnswerThatIsNoHttp_IsToldWithoutItsCommands()
    {
        await using var service = new StubService(_ => (200, [])) { Protocol = "\u001b[2JHTTP/1.1" };
        await using var feed = service.Feed();

        var exception = await Assert.ThrowsAsync<MonitorFeedException>(() => feed.ReadAsync(default));

        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    [Fact]
    public async Task Read_NoAnswer_IsGivenUp()
    {
        await using var service = new StubService(_ => null);
        await using var feed = service.Feed(patience: TimeSpan.FromSeconds(0.2));

        var exception = await Assert.ThrowsAsync<MonitorFeedException>(() => feed.ReadAsync(default));

        Assert.Equal("no answer within 0.2 s", exception.Message);
    }

    [Fact]
    public async Task Read_Ended_IsCancelledAndNoFailure()
    {
        await using var service = new StubService(_ => null);
        await using var feed = service.Feed();
        using var end = new CancellationTokenSource();
        var reading = feed.ReadAsync(end.Token);
        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Read_AnAnswerWithoutEnd_IsNotGatheredForever()
    {
        await using var service = new StubService(_ => (200, new byte[9 * 1024 * 1024]));
        await using var feed = service.Feed();

        await Assert.ThrowsAsync<MonitorFeedException>(() => feed.ReadAsync(default));
    }

    [Theory]
    [InlineData(200, "abc", 3, null, false, false)]
    [InlineData(403, "{\"message\":\"not here\"}", 0, "not here", false, true)]
    [InlineData(503, "{\"message\":\"too slow\"}", 0, "too slow", true, false)]
    [InlineData(400, "{\"message\":\"disabled\"}", 0, "disabled", false, false)]
    public async Task TakeRaw_EachAnswer_IsToldApart(int status, string body, int samples, string? why, bool slow, bool forbidden)
    {
        await using var service = new StubService(_ => (status, Encoding.ASCII.GetBytes(body)));
        await using var feed = service.Feed();

        var answer = await feed.TakeRawAsync("disk_io", 3, default);

        Assert.Equal((samples, why, slow, forbidden), (answer.Samples.Length, answer.Why, answer.IsSlow, answer.IsForbidden));
        Assert.Equal("GET /api/v1/random?raw=true&source=disk_io&length=3&format=bytes&timeout=3", Assert.Single(service.Asked));
    }

    [Fact]
    public async Task Act_AcceptedAndRefused_SaysWhatCameOfIt()
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Scripted.Source("disk_io", state: "disabled"), ServerJson.Readable.SourceBody);
        await using var service = new StubService(request =>
            request.EndsWith("/disable", StringComparison.Ordinal)
                ? (200, body)
                : (409, "{\"message\":\"there is nothing to test\"}"u8.ToArray())
        );
        await using var feed = service.Feed();

        Assert.Equal("disk_io is disabled", await feed.ActAsync("disk_io", SourceAct.Disable, default));
        Assert.Equal("there is nothing to test", await feed.ActAsync("disk_io", SourceAct.Retest, default));
        Assert.Equal("POST /sources/disk_io/disable;POST /sources/disk_io/retest", string.Join(';', service.Asked));
    }

    [Fact]
    public async Task Act_WithAKey_SendsItAndReadingDoesNot()
    {
        await using var service = new StubService(request =>
            request.StartsWith("POST", StringComparison.Ordinal)
                ? (401, "{\"message\":\"no\"}"u8.ToArray())
                : (200, request.Contains("pool", StringComparison.Ordinal) ? s_pool : s_sources)
        );
        await using var feed = service.Feed(operatorKey: "a-key");

        await feed.ReadAsync(default);
        await feed.TakeRawAsync("disk_io", 3, default);
        Assert.Equal("no", await feed.ActAsync("disk_io", SourceAct.Enable, default));

        Assert.Equal("POST /sources/disk_io/enable: Authorization: Bearer a-key", Assert.Single(service.Authorized));
    }

    [Fact]
    public async Task Read_WithAKeyForReading_SendsItWithEverythingTheOperatorsAside()
    {
        await using var service = new StubService(request =>
            (200, request.Contains("pool", StringComparison.Ordinal) ? s_pool : s_sources)
        );
        await using var reader = service.Feed(apiKey: "reader");
        await using var both = service.Feed(apiKey: "reader", operatorKey: "operator");

        await reader.ReadAsync(default);
        await Assert.ThrowsAsync<MonitorFeedException>(() => reader.ActAsync("disk_io", SourceAct.Enable, default));
        await Assert.ThrowsAsync<MonitorFeedException>(() => both.ActAsync("disk_io", SourceAct.Enable, default));

        Assert.Equal(["reader", "reader", "reader", "operator"], service.Authorized.Select(each => each.Split("Bearer ")[1]));
    }
}
