using System.Net;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>HEAD answers as GET would and consumes nothing.</summary>
public sealed class HeadTests : ScriptedPoolTests
{
    [Theory]
    [InlineData("type=hex16&length=10&size=4")]
    [InlineData("format=bytes&length=1073741824")]
    [InlineData("format=base64&length=10")]
    public async Task Head_LengthKnown_IsSentAndNothingIsConsumed(string query)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var before = Pool.Status.DrbgBytes;
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{Route}?{query}");

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 0);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(before, Pool.Status.DrbgBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?conditioning=limited&length=1")]
    [InlineData("?fresh=true&length=1")]
    [InlineData("?format=bytes")]
    public async Task Head_NoSeed_RefusesAsGetDoes(string query)
    {
        await using var empty = new EntropyPool(); // never harvests
        await using var host = await RandomHost.StartAsync(empty);

        await AssertSameAsync(host.Client, query, HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("?conditioning=limited&format=bytes")]
    [InlineData("?conditioning=limited&type=uint8")]
    [InlineData("?fresh=true&format=bytes")]
    public async Task Head_PoolTooDry_RefusesAsGetDoes(string query)
    {
        Assert.True(SpinWait.SpinUntil(() => Pool.Status.BlocksAvailable > 1, TimeSpan.FromSeconds(30)));
        await StopHarvestAsync();
        await using var host = await RandomHost.StartAsync(Pool);
        var length = query.Contains("fresh", StringComparison.Ordinal) ? 65_536L : Pool.Status.BlockBits / 8;
        while (Pool.Status.BlocksAvailable > 1)
        {
            // Straight from the ring: a generator on the way would take blocks of its own.
            Assert.True(Pool.Parts.Pool.TryTakeOldest(new byte[Pool.Status.BlockBits / 8]));
        }

        using var met = await SendAsync(host.Client, HttpMethod.Head, $"{query}&length={length}");
        Assert.Equal(HttpStatusCode.OK, met.StatusCode);
        Assert.Equal(1, Pool.Status.BlocksAvailable);
        await AssertSameAsync(host.Client, $"{query}&length={length + 1}", HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("?raw=true&source=tpm_of_a_script", 400)]
    [InlineData("?raw=true&source=scripted_a&type=uint8&length=1", 200)]
    public async Task Head_Raw_AnswersAsGetDoes(string query, int status)
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);
        var before = Pool.Status.RawOutputBytes;

        using var head = await SendAsync(host.Client, HttpMethod.Head, query);

        Assert.Equal(before, Pool.Status.RawOutputBytes);
        Assert.Equal(status, (int)head.StatusCode);
        await AssertSameAsync(host.Client, query, (HttpStatusCode)status);
    }

    [Fact]
    public async Task Head_PoolStopped_RefusesRawAsGetDoes()
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);
        await Pool.DisposeAsync();

        await AssertSameAsync(host.Client, "?raw=true&source=scripted_a", HttpStatusCode.ServiceUnavailable);
        await AssertSameAsync(host.Client, "?conditioning=vonneumann&source=scripted_a", HttpStatusCode.ServiceUnavailable);
    }

    private static async Task AssertSameAsync(HttpClient client, string query, HttpStatusCode status)
    {
        using var head = await SendAsync(client, HttpMethod.Head, query);
        using var get = await SendAsync(client, HttpMethod.Get, query);

        Assert.Equal((status, status), (get.StatusCode, head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.RetryAfter is null, head.Headers.RetryAfter is null);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string query)
    {
        using var request = new HttpRequestMessage(method, Route + query);
        return await client.SendAsync(request);
    }
}
