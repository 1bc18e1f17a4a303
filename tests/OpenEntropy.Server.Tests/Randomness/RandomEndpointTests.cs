using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using OpenEntropy.Noise;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>The whole way from scripted noise sources to the answers.</summary>
[Trait("Needs", "Engine")]
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes through IAsyncLifetime.")]
public sealed class RandomEndpointTests : IAsyncLifetime
{
    private const string Route = "/api/v1/random";

    private readonly CancellationTokenSource _stop = new();
    private EntropyPool _pool = null!;
    private Task _harvest = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        var options = new EntropyPoolOptions { Sources = new SourcesOptions { Enabled = "clock_jitter" } };
        foreach (var name in new[] { "scripted_a", "scripted_b", "scripted_c", "scripted_d" })
        {
            options.AdditionalSources.Add(new ScriptedNoiseSource(name));
        }

        options.AdditionalSources.Add(new ScriptedNoiseSource("stuck", _ => 0));

        _pool = new EntropyPool(options);
        _harvest = Task.Run(() => _pool.RunAsync(_stop.Token));
        await Task.Run(() => _pool.GetBytes(new byte[1])); // returns with the first seed
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _harvest.ContinueWith(_ => { }, TaskScheduler.Default);
        await _pool.DisposeAsync();
        _stop.Dispose();
    }

    [Theory]
    [InlineData("type=uint8&length=1", 1)]
    [InlineData("type=uint8&length=1024", 1024)]
    [InlineData("type=uint16&length=65536", 65_536)]
    [InlineData("type=hex8&size=1024&length=4096", 4096)]
    [InlineData("", 1024)]
    public async Task Get_Json_HoldsWhatWasAskedFor(string query, int length)
    {
        await using var host = await RandomHost.StartAsync(_pool);

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
        await using var host = await RandomHost.StartAsync(_pool);

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
        await using var host = await RandomHost.StartAsync(_pool);

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
        await using var host = await RandomHost.StartAsync(_pool);
        host.Client.DefaultRequestHeaders.Add("Accept", "application/octet-stream");
        host.Client.DefaultRequestHeaders.Add("Range", "bytes=0-9");

        using var response = await host.Client.GetAsync(Route + "?length=100");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(100, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Get_Lines_HasOneElementEach()
    {
        await using var host = await RandomHost.StartAsync(_pool);

        var body = await host.Client.GetStringAsync(Route + "?format=lines&type=uint8&length=50");

        Assert.EndsWith("\n", body, StringComparison.Ordinal);
        Assert.Equal(50, body.TrimEnd('\n').Split('\n').Select(byte.Parse).Count());
    }

    [Theory]
    [InlineData("type=hex16&length=10&size=4")]
    [InlineData("format=bytes&length=1073741824")]
    [InlineData("format=base64&length=10")]
    public async Task Head_LengthKnown_IsSentAndNothingIsConsumed(string query)
    {
        await using var host = await RandomHost.StartAsync(_pool);
        var before = _pool.Status.DrbgBytes;
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{Route}?{query}");

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 0);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(before, _pool.Status.DrbgBytes);
    }

    [Fact]
    public async Task Get_Limited_SaysSoAndIsAccounted()
    {
        await using var host = await RandomHost.StartAsync(_pool);
        var before = _pool.Status.LimitedBytes;

        using var json = JsonDocument.Parse(
            await host.Client.GetStringAsync(Route + "?conditioning=limited&type=uint8&length=16&timeout=30")
        );

        Assert.Equal("limited", json.RootElement.GetProperty("quality").GetString());
        Assert.Equal(16, _pool.Status.LimitedBytes - before);
    }

    [Fact]
    public async Task Get_LimitedBeyondAFullPool_Is400WithTheBound()
    {
        await using var host = await RandomHost.StartAsync(_pool);

        using var response = await host.Client.GetAsync(
            $"{Route}?conditioning=limited&format=bytes&length={_pool.MaximumLimitedBytes + 1}"
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"between 1 and {_pool.MaximumLimitedBytes}", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Fresh_Reseeds()
    {
        await using var host = await RandomHost.StartAsync(_pool);
        var before = _pool.Status.Reseeds.GetValueOrDefault("fresh");

        using var response = await host.Client.GetAsync(Route + "?fresh=true&length=1&timeout=30");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(before + 1, _pool.Status.Reseeds.GetValueOrDefault("fresh"));
    }

    [Fact]
    public async Task Get_RawOfOneSource_NamesItsState()
    {
        await using var host = await RandomHost.StartAsync(_pool, options => options.AllowRaw = true);

        using var json = JsonDocument.Parse(await host.Client.GetStringAsync(Route + "?raw=true&source=scripted_a&type=uint8&length=64"));

        Assert.False(json.RootElement.GetProperty("conditioned").GetBoolean());
        Assert.Equal("scripted_a", json.RootElement.GetProperty("source").GetString());
        Assert.Equal("raw", json.RootElement.GetProperty("quality").GetString());
        Assert.Equal("healthy", json.RootElement.GetProperty("state").GetString());
        Assert.Equal(64, json.RootElement.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Get_RawOfSeveral_NamesThem()
    {
        await using var host = await RandomHost.StartAsync(_pool, options => options.AllowRaw = true);

        using var json = JsonDocument.Parse(
            await host.Client.GetStringAsync(Route + "?raw=true&source=scripted_a,scripted_b&type=uint8&length=8")
        );

        Assert.Equal(2, json.RootElement.GetProperty("sources").GetArrayLength());
        Assert.Equal(2, json.RootElement.GetProperty("states").GetArrayLength());
    }

    [Fact]
    public async Task Get_RawOfUnknownSource_Is400WithNearNames()
    {
        await using var host = await RandomHost.StartAsync(_pool, options => options.AllowRaw = true);

        using var response = await host.Client.GetAsync(Route + "?raw=true&source=scripted_x");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("scripted_a", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_VonNeumann_FillsFromRawSamples()
    {
        await using var host = await RandomHost.StartAsync(_pool, options => options.AllowRaw = true);
        var before = _pool.Status.RawOutputBytes;

        var body = await host.Client.GetByteArrayAsync(Route + "?conditioning=vonneumann&source=scripted_a&format=bytes&length=500");

        Assert.Equal(500, body.Length);
        Assert.True(_pool.Status.RawOutputBytes - before >= 2000); // at best a byte of four
    }

    [Fact]
    public async Task Get_RawOfStuckSource_IsServedWithItsState()
    {
        await using var host = await RandomHost.StartAsync(_pool, options => options.AllowRaw = true);

        using var response = await host.Client.GetAsync(Route + "?raw=true&source=stuck&format=bytes&length=100&timeout=30");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new byte[100], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("stuck", string.Join(',', response.Headers.GetValues(RandomHeaders.Sources)));
        Assert.DoesNotContain("healthy", response.Headers.GetValues(RandomHeaders.States), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Get_VonNeumannOfStuckSource_Is503WhenTheTimeIsUp()
    {
        await using var host = await RandomHost.StartAsync(_pool, options => options.AllowRaw = true);

        using var response = await host.Client.GetAsync(Route + "?conditioning=vonneumann&source=stuck&type=uint8&length=1&timeout=1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("stuck", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

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
