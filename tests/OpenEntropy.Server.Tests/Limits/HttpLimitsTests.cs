using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>What a request and a connection may be, over TCP, with limits small enough to reach.</summary>
public sealed class HttpLimitsTests
{
    private const string Host = "Host: localhost\r\n";

    // RFC 9113, 4.1, 6.5.1 and 6.5.2.
    private const int Http2FrameHeader = 9;
    private const int Http2Setting = 6;
    private const int MaximumConcurrentStreams = 3;

    [Fact]
    public async Task Send_RequestsPastALimit_AreRefusedAndTheServiceServesOn()
    {
        await using var factory = new ServerFactory(
            ("OpenEntropy:Limits:Http:RequestLineBytes", "300"),
            ("OpenEntropy:Limits:Http:HeaderCount", "8"),
            ("OpenEntropy:Limits:Http:HeaderBytes", "600"),
            ("OpenEntropy:Limits:Http:BodyBytes", "1024")
        ).OnKestrel();
        using var client = await factory.CreateReadyClientAsync();
        var address = client.BaseAddress!;

        Assert.Equal(414, await StatusAsync(address, $"GET /health/live?{new string('a', 300)} HTTP/1.1\r\n{Host}\r\n"));
        Assert.Equal(431, await StatusAsync(address, $"GET /health/live HTTP/1.1\r\n{Host}{Fields(8, length: 1)}\r\n"));
        Assert.Equal(431, await StatusAsync(address, $"GET /health/live HTTP/1.1\r\n{Host}{Fields(2, length: 300)}\r\n"));
        Assert.Equal(
            413,
            await StatusAsync(
                address,
                $"POST /api/v1/shuffle HTTP/1.1\r\n{Host}Content-Type: application/json\r\nContent-Length: 1025\r\n\r\n{new string(' ', 1025)}"
            )
        );

        // Just within, each of them.
        Assert.Equal(200, await StatusAsync(address, $"GET /health/live HTTP/1.1\r\n{Host}{Fields(7, length: 40)}\r\n"));
        Assert.Empty(factory.Logs.Errors);
    }

    [Fact]
    public async Task Send_SlowClients_AreCutOffAndPacedOnesAreNot()
    {
        await using var factory = new ServerFactory(
            ("OpenEntropy:Limits:Http:HeaderTimeout", "00:00:02"),
            ("OpenEntropy:Limits:Http:KeepAliveTimeout", "00:00:02"),
            ("OpenEntropy:Limits:Http:RateGrace", "00:00:01.1"),
            ("OpenEntropy:Limits:Http:BodyRate", "1000"),
            ("OpenEntropy:Limits:Http:AnswerRate", "1000000")
        ).OnKestrel();
        using var client = await factory.CreateReadyClientAsync();
        var address = client.BaseAddress!;

        // Alone, so that it is known whose request begins and ends.
        await NeverReadsAsync(factory, address);

        // It gives a byte a second, far below the rate at which waiting bytes must be read, and starts before all others.
        using var paced = await client.GetAsync(
            new Uri("/api/v1/stream?rate=1", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead
        );
        await using var pacedBody = await paced.Content.ReadAsStreamAsync();
        using var watching = await client.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var events = await watching.Content.ReadAsStreamAsync();
        var watched = ReadAsync(events, 1 << 14);

        await Task.WhenAll(
            IsClosedAsync(address, $"GET /health/live HTTP/1.1\r\nHos", "408"),
            IsClosedAsync(address, $"GET /health/live HTTP/1.1\r\n{Host}\r\n", "200"),
            IsClosedAsync(
                address,
                $"POST /api/v1/shuffle HTTP/1.1\r\n{Host}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n[",
                "408"
            )
        );

        // By now each of them has been open for longer than the grace.
        await ServerFactory.UntilAsync(() => Task.FromResult(factory.Requests.UnderWay == 2));
        Assert.Equal(3, await ReadAsync(pacedBody, 3));
        Assert.Equal(1 << 14, await watched);
        Assert.Empty(factory.Logs.Errors);
    }

    [Fact]
    public async Task Configuration_Limits_AreTheWebServers()
    {
        await using var factory = new ServerFactory(
            ("OpenEntropy:Limits:Http:BodyBytes", "2048"),
            ("OpenEntropy:Limits:Http:RequestLineBytes", "65536"),
            ("OpenEntropy:Limits:Http:Http2Streams", "7"),
            ("OpenEntropy:Limits:Http:AnswerRate", "99"),
            ("OpenEntropy:Limits:Http:RateGrace", "00:00:09")
        );
        using var client = factory.CreateClient();

        var limits = factory.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal((2048, 65_536, 7), (limits.MaxRequestBodySize, limits.MaxRequestLineSize, limits.Http2.MaxStreamsPerConnection));
        Assert.Equal((99.0, TimeSpan.FromSeconds(9)), (limits.MinResponseDataRate!.BytesPerSecond, limits.MinResponseDataRate.GracePeriod));
        Assert.True(limits.MaxRequestBufferSize >= limits.MaxRequestLineSize);
    }

    [Fact]
    public async Task Connect_Http2_TellsHowManyRequestsMayBeOpenAtOnce()
    {
        await using var factory = new ServerFactory(
            ("Kestrel:EndpointDefaults:Protocols", "Http2"),
            ("OpenEntropy:Limits:Http:Http2Streams", "2")
        ).OnKestrel();
        using var client = factory.CreateClient();
        using var raw = new RawClient();

        // The preface and a SETTINGS frame without a setting (RFC 9113, 3.4); the answer begins with the service's own.
        await raw.SendAsync(client.BaseAddress!, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
        var answer = await raw.ReadAsync(Http2FrameHeader + (3 * Http2Setting)); // it sets three at least

        Assert.Equal(4, answer[3]);
        Assert.Equal(
            [2u],
            answer
                .Skip(Http2FrameHeader)
                .Take(answer[2])
                .Chunk(Http2Setting)
                .Where(setting => BinaryPrimitives.ReadUInt16BigEndian(setting) == MaximumConcurrentStreams)
                .Select(setting => BinaryPrimitives.ReadUInt32BigEndian(setting.AsSpan(2)))
        );
    }

    private static string Fields(int count, int length) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"x-{i}: {new string('a', length)}\r\n"));

    private static async Task<int> StatusAsync(Uri address, string request)
    {
        using var client = new RawClient();
        await client.SendAsync(address, request);
        var head = Encoding.ASCII.GetString(await client.ReadAsync(12));
        return int.Parse(head.Split(' ')[1]);
    }

    // The client stays as slow as it is: the connection is ended by the service. One that was kept from sending for as long as a time-out tries again.
    private static Task IsClosedAsync(Uri address, string beginning, string status) =>
        ServerFactory.UntilAsync(async () =>
        {
            using var client = new RawClient();
            try
            {
                await client.SendAsync(address, beginning);
            }
            catch (SocketException)
            {
                return false;
            }

            var answer = Encoding.ASCII.GetString(await client.ReadAsync(long.MaxValue));
            return answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal);
        });

    private static async Task NeverReadsAsync(ServerFactory factory, Uri address)
    {
        await ServerFactory.UntilAsync(() => Task.FromResult(factory.Requests.UnderWay == 0));
        var before = factory.Requests.Started;
        using var client = new RawClient();
        await client.AskAsync(address, "/api/v1/random?format=bytes&length=1000000000");
        await ServerFactory.UntilAsync(() => Task.FromResult(factory.Requests.Started > before));
        await ServerFactory.UntilAsync(() => Task.FromResult(factory.Requests.UnderWay == 0));

        // Cut off long before the length that was promised: what was on its way comes, and then the end.
        Assert.InRange((await client.ReadAsync(1_000_000_000)).Length, 0, 999_999_999);
    }

    private static async Task<int> ReadAsync(Stream body, int length)
    {
        using var limit = new CancellationTokenSource(ServerFactory.Patience);
        return await body.ReadAtLeastAsync(new byte[length], length, throwOnEndOfStream: false, limit.Token);
    }
}
