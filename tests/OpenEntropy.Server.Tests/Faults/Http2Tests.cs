using System.Net;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>Long and broken answers by HTTP/2, where a connection carries several: only the stream that is broken off ends.</summary>
public sealed class Http2Tests
{
    [Theory]
    [InlineData("random?format=bytes&length=1000000", 1_000_000)]
    [InlineData("random?format=hex&length=200000", 400_000)]
    [InlineData("stream?length=300000", 300_000)]
    public async Task Get_LongAnswer_ArrivesWhole(string answer, int length)
    {
        await using var factory = Create();
        using var ready = await ReadyAsync(factory);

        using var response = await ready.GetAsync(new Uri($"/api/v1/{answer}", UriKind.Relative));
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(length, body.Length);
        var pieces = Enumerable.Range(0, length / 32).Select(i => Convert.ToBase64String(body, i * 32, 32));
        Assert.Equal(length / 32, pieces.ToHashSet(StringComparer.Ordinal).Count);
    }

    [Fact]
    public async Task Get_StreamRunsDry_IsResetAndTheConnectionServesOn()
    {
        var time = new ManualTimeProvider();
        await using var factory = Create(time);
        using var ready = await ReadyAsync(factory);
        await ready.UntilAvailableAsync(8);
        foreach (var source in factory.Sources)
        {
            source.Failure = new InvalidOperationException("unplugged");
        }

        await ready.UntilStateAsync(factory.Sources[0].Info.Name, "failed");
        using var response = await ready.GetAsync(
            new Uri("/api/v1/stream?conditioning=limited&timeout=30", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead
        );
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[48]); // before the reset, which drops what its client has not read
        var reading = body.CopyToAsync(Stream.Null);
        await ServerFactory.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(30));
            return Task.FromResult(reading.IsCompleted);
        });
        var failure = await Assert.ThrowsAsync<HttpProtocolException>(() => reading);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, failure.ErrorCode); // INTERNAL_ERROR: RFC 9113, 7
        var connections = factory.Requests.Connections;
        using var next = await ready.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(connections, factory.Requests.Connections);
        Assert.Empty(factory.Logs.ErrorsButBrokenOff);
    }

    [Theory]
    [InlineData("random?format=bytes&length=1000000000")]
    [InlineData("stream")]
    [InlineData("stream?rate=1")]
    public async Task HangUp_InMidAnswer_EndsTheRequestAndTheConnectionServesOn(string answer)
    {
        await using var factory = Create();
        using var ready = await ReadyAsync(factory);
        using (
            var response = await ready.GetAsync(new Uri($"/api/v1/{answer}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead)
        )
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.False(factory.Requests.IsIdle, "the request was over before its client was gone");
        }

        await ServerFactory.UntilAsync(() => Task.FromResult(factory.Requests.IsIdle));
        Assert.Equal(100, (await ready.GetByteArrayAsync(new Uri("/api/v1/random?format=bytes&length=100", UriKind.Relative))).Length);
        Assert.Empty(factory.Logs.Errors);
    }

    // Without TLS there is nothing to choose the protocol by: this one speaks no other.
    private static ServerFactory Create(TimeProvider? time = null) =>
        new ServerFactory(("Kestrel:EndpointDefaults:Protocols", "Http2")) { Time = time ?? TimeProvider.System }.OnKestrel();

    private static async Task<HttpClient> ReadyAsync(ServerFactory factory)
    {
        var client = factory.CreateClient();
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await ServerFactory.UntilAsync(async () =>
        {
            using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return ready.StatusCode == HttpStatusCode.OK;
        });
        return client;
    }
}
