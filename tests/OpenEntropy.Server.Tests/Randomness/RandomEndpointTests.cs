using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>What the route gives of the generators and the pool.</summary>
public sealed class RandomEndpointTests : ScriptedPoolTests
{
    [Theory]
    [InlineData("type=uint8&length=1", 1)]
    [InlineData("type=uint8&length=1024", 1024)]
    [InlineData("type=uint16&length=65536", 65_536)]
    [InlineData("type=hex8&size=1024&length=4096", 4096)]
    [InlineData("", 1024)]
    public async Task Get_Json_HoldsWhatWasAskedFor(string query, int length)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var response = await host.Client.GetAsync($"{Route}?{query}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("none", string.Join(',', response.Headers.AcceptRanges));
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(length, json.RootElement.GetProperty("length").GetInt32());
        Assert.Equal(length, json.RootElement.GetProperty("data").GetArrayLength());
        Assert.Equal("drbg", json.RootElement.GetProperty("quality").GetString());
    }

    [Fact]
    public async Task Get_Twice_GivesDifferentBytes()
    {
        await using var host = await RandomHost.StartAsync(Pool);

        var first = await host.Client.GetByteArrayAsync(Route + "?format=bytes&length=32");
        var second = await host.Client.GetByteArrayAsync(Route + "?format=bytes&length=32");

        Assert.NotEqual(first, second); // equal once in 2^256
    }

    [Theory]
    [InlineData("bytes", 1_000_000, 1_000_000, "application/octet-stream")]
    [InlineData("hex", 100_001, 200_002, "text/plain; charset=utf-8")]
    [InlineData("base64", 200_000, 266_668, "text/plain; charset=utf-8")]
    public async Task Get_Bytes_HasTheLengthAndTypePromised(string format, int length, int expected, string type)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var response = await host.Client.GetAsync($"{Route}?format={format}&length={length}");

        Assert.Equal(expected, response.Content.Headers.ContentLength);
        Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
        Assert.Equal("drbg", string.Join(',', response.Headers.GetValues(RandomHeaders.Quality)));
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(expected, body.Length);
        if (format is "base64")
        {
            Assert.Equal(length, Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(body)).Length);
        }
    }

    [Fact]
    public async Task Get_AcceptedBytesWithRange_Is200WithAllOfThem()
    {
        await using var host = await RandomHost.StartAsync(Pool);
        host.Client.DefaultRequestHeaders.Add("Accept", "application/octet-stream");
        host.Client.DefaultRequestHeaders.Add("Range", "bytes=0-9");

        using var response = await host.Client.GetAsync(Route + "?length=100");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(100, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Get_Lines_HasOneElementEach()
    {
        await using var host = await RandomHost.StartAsync(Pool);

        var body = await host.Client.GetStringAsync(Route + "?format=lines&type=uint8&length=50");

        Assert.EndsWith("\n", body, StringComparison.Ordinal);
        Assert.Equal(50, body.TrimEnd('\n').Split('\n').Select(byte.Parse).Count());
    }

    [Fact]
    public async Task Get_Limited_SaysSoAndIsAccounted()
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var before = Pool.Status.LimitedBytes;

        using var json = JsonDocument.Parse(
            await host.Client.GetStringAsync(Route + "?conditioning=limited&type=uint8&length=16&timeout=30")
        );

        Assert.Equal("limited", json.RootElement.GetProperty("quality").GetString());
        Assert.Equal(16, Pool.Status.LimitedBytes - before);
    }

    [Fact]
    public async Task Get_LimitedBeyondAFullPool_Is400WithTheBound()
    {
        await using var host = await RandomHost.StartAsync(Pool);

        using var response = await host.Client.GetAsync($"{Route}?conditioning=limited&format=bytes&length={Pool.MaximumLimitedBytes + 1}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"between 1 and {Pool.MaximumLimitedBytes}", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Fresh_Reseeds()
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var before = Seedings();

        using var response = await host.Client.GetAsync(Route + "?fresh=true&length=1&timeout=30");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(before + 1, Seedings());
    }

    // The request may meet a generator of another core that had no seed before: its first is as fresh.
    private long Seedings() => Pool.Status.Reseeds.GetValueOrDefault("fresh") + Pool.Status.Reseeds.GetValueOrDefault("instantiate");

    [Fact]
    public async Task Get_NoSeed_Is503WithRetryAfterWhateverTheBody()
    {
        await using var empty = new EntropyPool(); // never harvests
        await using var host = await RandomHost.StartAsync(empty);
        foreach (var query in new[] { "", "format=bytes", "format=lines", "conditioning=limited&length=1", "fresh=true&length=1" })
        {
            using var response = await host.Client.GetAsync($"{Route}?{query}");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.True(response.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
            Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
            Assert.False(response.Headers.Contains(RandomHeaders.Quality));
        }
    }
}
