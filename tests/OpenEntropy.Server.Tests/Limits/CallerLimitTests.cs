using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Limits;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>What callers are told before, at and after their limits.</summary>
public sealed class CallerLimitTests
{
    private const string One = "/api/v1/random?length=1&type=uint8";
    private const int Seeds = 16;

    [Fact]
    public async Task Get_MoreOftenThanItMay_Is429UntilTheTimeItIsTold()
    {
        await using var host = await StartAsync(new LimitsOptions { RequestsPerSecond = 1, Burst = 3 });
        using var client = host.At("192.0.2.1");
        for (var left = 2; left >= 0; left--)
        {
            var served = await Told.OfAsync(client, One);
            Assert.Equal(
                (HttpStatusCode.OK, null, "3", $"{left}", $"{3 - left}"),
                (served.Status, served.RetryAfter, served.Limit, served.Remaining, served.Reset)
            );
        }

        var refused = await Told.OfAsync(client, One);
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, 1, "3", "0", "3"),
            (refused.Status, refused.RetryAfter, refused.Limit, refused.Remaining, refused.Reset)
        );
        Assert.Equal("this caller may ask 1 times a second, and 3 times at once", refused.Message);

        // What is refused is not counted, and nobody else is concerned.
        using var other = host.At("192.0.2.2");
        Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(other, One)).Status);
        host.Time.Advance(TimeSpan.FromSeconds(0.999));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Told.OfAsync(client, One)).Status);
        host.Time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(client, One)).Status);
        Assert.Equal(2, host.Get<LimitCounts>().Of(LimitKind.Requests));
        Assert.Equal(2, Refused(host, "/api/v1/random"));
    }

    [Fact]
    public async Task Get_FromOneNetworkOfIpv6_IsOneCaller()
    {
        await using var host = await StartAsync(new LimitsOptions { RequestsPerSecond = 1, Burst = 1 });
        using var first = host.At("2001:db8::1");
        using var second = host.At("2001:db8::2:3:4:5");
        using var elsewhere = host.At("2001:db8:0:1::1");

        Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(first, One)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Told.OfAsync(second, One)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(elsewhere, One)).Status);
    }

    [Theory]
    [InlineData("/?length=1&type=uint8")]
    [InlineData("/API/jsonI.php?length=1&type=uint8")]
    [InlineData("/v1/qrng/latest")]
    [InlineData("/v1/auth/check-key")]
    [InlineData("/api/v1/stream?length=1")]
    [InlineData("/api/v1/uuids?count=1")]
    [InlineData("/no/such/route")]
    public async Task Get_AnyRouteAfterTheLimit_IsRefusedInItsOwnForm(string path)
    {
        await using var host = await StartAsync(new LimitsOptions { RequestsPerSecond = 1, Burst = 1 });
        using var client = host.At("192.0.2.1");
        await Told.OfAsync(client, One);

        var refused = await Told.OfAsync(client, path);
        Assert.Equal((HttpStatusCode.TooManyRequests, 1.0), (refused.Status, refused.RetryAfter));
        using var body = JsonDocument.Parse(refused.Body);
        Assert.False(body.RootElement.GetProperty("success").GetBoolean());

        client.DefaultRequestHeaders.Add("Accept", "application/problem+json");
        using var problem = JsonDocument.Parse((await Told.OfAsync(client, path)).Body);
        Assert.Equal(429, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Equal("", (await Told.OfAsync(client, path, HttpMethod.Head)).Body);
    }

    [Theory]
    [InlineData("/api/v1/random?length=600&type=uint8", 600)]
    [InlineData("/api/v1/random?length=300&type=uint16", 600)]
    [InlineData("/api/v1/random?length=10&type=hex16&size=30", 600)]
    [InlineData("/api/v1/random?length=600&format=bytes", 600)]
    [InlineData("/api/v1/random?length=600&format=base64", 600)]
    [InlineData("/api/v1/random?length=600&format=lines&type=hex8", 600)]
    [InlineData("/api/v1/stream?length=600", 600)]
    [InlineData("/api/v1/stream?length=600&format=hex", 600)]
    [InlineData("/API/jsonI.php?length=600&type=uint8", 600)]
    [InlineData("/api/v1/uuids?count=10", 160)]
    public async Task Get_Bytes_CostTheSameInEveryForm(string path, int bytes)
    {
        await using var host = await StartAsync(new LimitsOptions { BytesPerDay = 100_000 });
        using var client = host.At("192.0.2.1");

        Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(client, path)).Status);

        Assert.Equal(100_000 - bytes, await LeftAsync(client));
    }

    [Fact]
    public async Task Get_MoreBytesThanAreLeft_AreRefusedBeforeTheFirstUntilTheTimeItIsTold()
    {
        await using var host = await StartAsync(new LimitsOptions { BytesPerDay = 86_400 });
        using var client = host.At("192.0.2.1");
        Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(client, "/api/v1/random?length=86000&format=bytes")).Status);
        var drawn = host.Scripted.Pool.Status.OutputBytes;

        var refused = await Told.OfAsync(client, "/api/v1/random?length=1000&format=hex");
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, 600, "86400", "400"),
            (refused.Status, refused.RetryAfter, refused.Limit, refused.Remaining)
        );
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await Told.OfAsync(client, "/api/v1/random?length=1000&format=hex", HttpMethod.Head)).Status
        );
        Assert.Equal(drawn, host.Scripted.Pool.Status.OutputBytes);

        host.Time.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Told.OfAsync(client, "/api/v1/random?length=1000&format=hex")).Status);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(host.Scripted.HarvestBlocks(Seeds)); // the clock made the others old
        Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(client, "/api/v1/random?length=1000&format=hex")).Status);
    }

    [Fact]
    public async Task Get_MoreBytesThanADayHas_Is400ThatNamesTheField()
    {
        await using var host = await StartAsync(new LimitsOptions { BytesPerDay = 1000 });
        using var client = host.At("192.0.2.1");
        client.DefaultRequestHeaders.Add("Accept", "application/problem+json");

        var refused = await Told.OfAsync(client, "/api/v1/random?length=1001&type=uint8");

        Assert.Equal((HttpStatusCode.BadRequest, null), (refused.Status, refused.RetryAfter));
        using var body = JsonDocument.Parse(refused.Body);
        Assert.Equal("length", body.RootElement.GetProperty("field").GetString());
        Assert.Equal(1000, await LeftAsync(client));
    }

    [Fact]
    public async Task Get_RefusedForWantOfEntropy_CostsNoBytes()
    {
        await using var host = await StartAsync(new LimitsOptions { BytesPerDay = 100_000 });
        using var client = host.At("192.0.2.1");

        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            (await Told.OfAsync(client, "/api/v1/random?conditioning=limited&type=uint8&length=40000")).Status
        );
        Assert.Equal(100_000, await LeftAsync(client));
    }

    [Fact]
    public async Task Get_EndlessStream_IsBrokenOffAtTheLimit()
    {
        const int Most = 100_000;
        await using var host = await StartAsync(new LimitsOptions { BytesPerDay = Most });
        using var client = host.At("192.0.2.1");

        using var response = await client.GetAsync("/api/v1/stream", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var (read, buffer) = (0, new byte[8192]);
        var broken = await Record.ExceptionAsync(async () =>
        {
            while (await body.ReadAsync(buffer) is > 0 and var count)
            {
                read += count;
            }
        });

        Assert.NotNull(broken);
        Assert.InRange(read, 1, Most); // what is on its way when it is broken off may be lost
        Assert.Equal(Most, host.Scripted.Pool.Status.OutputBytes);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Told.OfAsync(client, "/api/v1/stream")).Status);
        await ServerFactory.UntilAsync(() => Task.FromResult(BrokenOff(host) == 1));
        Assert.Equal(2, host.Get<LimitCounts>().Of(LimitKind.Bytes));
    }

    [Fact]
    public async Task Get_RefusedForBytes_CostsARequest()
    {
        await using var host = await StartAsync(
            new LimitsOptions
            {
                BytesPerDay = 1000,
                Burst = 3,
                RequestsPerSecond = 1,
            }
        );
        using var client = host.At("192.0.2.1");
        Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(client, "/api/v1/random?type=uint8&length=1000")).Status);
        Assert.Equal("1000", (await Told.OfAsync(client, "/api/v1/random?type=uint8&length=1000")).Limit);

        var head = await Told.OfAsync(client, "/api/v1/random?type=uint8&length=1", HttpMethod.Head);

        Assert.Equal((HttpStatusCode.TooManyRequests, "1000"), (head.Status, head.Limit));
        Assert.Equal("3", (await Told.OfAsync(client, "/api/v1/random?type=uint8&length=1")).Limit);
    }

    [Theory]
    [InlineData("/api/v1/stream?rate=1")]
    [InlineData("/api/v1/random?format=bytes&length=1000&rate=1")]
    public async Task Get_StreamThatIsRefused_CostsNoRequest(string path)
    {
        await using var host = await StartAsync(
            new LimitsOptions
            {
                Streams = 1,
                RequestsPerSecond = 1,
                Burst = 3,
            }
        );
        using var client = host.At("192.0.2.1");
        using var first = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        for (var i = 0; i < 5; i++)
        {
            var refused = await Told.OfAsync(client, path);
            Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (refused.Status, refused.Limit));
        }

        var served = await Told.OfAsync(client, One);

        Assert.Equal((HttpStatusCode.OK, "3", "1"), (served.Status, served.Limit, served.Remaining));
    }

    [Theory]
    [InlineData("/api/v1/stream?rate=1")]
    [InlineData("/api/v1/random?format=bytes&length=1000&rate=1")]
    public async Task Get_MoreStreamsAtOnceThanItMay_AreRefusedUntilOneEnds(string path)
    {
        await using var host = await StartAsync(new LimitsOptions { Streams = 2, RequestsPerSecond = 0 });
        using var client = host.At("192.0.2.1");
        using var first = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        using (await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead))
        {
            var refused = await Told.OfAsync(client, path);
            Assert.Equal(
                (HttpStatusCode.TooManyRequests, 10, "2", "0", null),
                (refused.Status, refused.RetryAfter, refused.Limit, refused.Remaining, refused.Reset)
            );

            // Other requests are served, as are others' streams.
            Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(client, One)).Status);
            using var other = host.At("192.0.2.2");
            using var its = await other.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, its.StatusCode);
        }

        await ServerFactory.UntilAsync(async () =>
        {
            using var again = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            return again.StatusCode == HttpStatusCode.OK;
        });
        Assert.InRange(host.Get<LimitCounts>().Of(LimitKind.Streams), 1, long.MaxValue);
    }

    [Fact]
    public async Task Get_CallerWithLimitsOfItsOwn_HasThem()
    {
        var limits = new LimitsOptions { RequestsPerSecond = 1, Burst = 1 };
        limits.Callers["ci"] = new CallerLimits { RequestsPerSecond = 10, Burst = 20 };
        limits.Callers["free"] = new CallerLimits
        {
            RequestsPerSecond = 0,
            BytesPerDay = 0,
            Streams = 0,
        };
        await using var host = await StartAsync(limits);
        using var ci = host.WithKey("ci");
        using var free = host.WithKey("free");
        using var other = host.WithKey("other");

        Assert.Equal("20", (await Told.OfAsync(ci, One)).Limit);
        Assert.Null((await Told.OfAsync(free, One)).Limit);
        Assert.Equal("1", (await Told.OfAsync(other, One)).Limit);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Told.OfAsync(other, One)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Told.OfAsync(ci, One)).Status);
    }

    private static async Task<LimitsHost> StartAsync(LimitsOptions limits)
    {
        var host = await LimitsHost.StartAsync(limits);
        Assert.True(host.Scripted.HarvestBlocks(Seeds));
        return host;
    }

    // Asks for more than there is, which tells what is left and takes nothing.
    private static async Task<long> LeftAsync(HttpClient client)
    {
        var refused = await Told.OfAsync(client, "/api/v1/random?format=bytes&length=1000000000", HttpMethod.Get);
        var words = refused.Body.Split(' ');
        return long.Parse(words[Array.IndexOf(words, "left,") - 2]);
    }

    private static long Refused(LimitsHost host, string route) =>
        host.Get<RefusalCounts>().All.Single(each => each.Key == (route, "too_many_requests")).Value;

    private static long BrokenOff(LimitsHost host) =>
        host.Get<BrokenOffCounts>()
            .Routes.Single(each => each.Route == "/api/v1/stream")
            .Reasons.GetValueOrDefault(BrokenOffException.LimitReached);
}
