using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>Raw samples, and what the extractor makes of them.</summary>
public sealed class RawEndpointTests : ScriptedPoolTests
{
    [Fact]
    public async Task Get_RawOfOneSource_NamesItsState()
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);

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
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);

        using var json = JsonDocument.Parse(
            await host.Client.GetStringAsync(Route + "?raw=true&source=scripted_a,scripted_b&type=uint8&length=8")
        );

        Assert.Equal(2, json.RootElement.GetProperty("sources").GetArrayLength());
        Assert.Equal(2, json.RootElement.GetProperty("states").GetArrayLength());
    }

    [Fact]
    public async Task Get_RawOfUnknownSource_Is400WithNearNames()
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);

        using var response = await host.Client.GetAsync(Route + "?raw=true&source=scripted_x");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("scripted_a", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_VonNeumann_FillsFromRawSamples()
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);
        var before = Pool.Status.RawOutputBytes;

        var body = await host.Client.GetByteArrayAsync(Route + "?conditioning=vonneumann&source=scripted_a&format=bytes&length=500");

        Assert.Equal(500, body.Length);
        Assert.True(Pool.Status.RawOutputBytes - before >= 2000); // at best a byte of four
    }

    [Fact]
    public async Task Get_RawOfStuckSource_IsServedWithItsState()
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);

        using var response = await host.Client.GetAsync(Route + "?raw=true&source=stuck&format=bytes&length=100&timeout=30");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new byte[100], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("stuck", string.Join(',', response.Headers.GetValues(RandomHeaders.Sources)));
        Assert.DoesNotContain("healthy", response.Headers.GetValues(RandomHeaders.States), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Get_VonNeumannOfStuckSource_Is503WhenTheTimeIsUp()
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);

        using var response = await host.Client.GetAsync(Route + "?conditioning=vonneumann&source=stuck&type=uint8&length=1&timeout=1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("stuck", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_RawOfDisabledSource_Is400WithItsStateAndNoRetryAfter()
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, Route + "?raw=true&source=sleep_jitter");
            using var response = await host.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Null(response.Headers.RetryAfter);
            var expected = method == HttpMethod.Get ? "sleep_jitter gives no samples: it is disabled (not selected)" : "";
            Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_ElementsAcceptingTextFirst_IsTheAnuObject()
    {
        await using var host = await RandomHost.StartAsync(Pool);
        host.Client.DefaultRequestHeaders.Add("Accept", "text/plain, application/json, */*");

        using var response = await host.Client.GetAsync(Route + "?length=4&type=uint8");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
    }
}
