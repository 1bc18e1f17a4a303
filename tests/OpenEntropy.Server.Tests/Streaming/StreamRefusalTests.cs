using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Tests.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Streaming;

/// <summary>What is answered in place of a stream, and HEAD.</summary>
public sealed class StreamRefusalTests : ScriptedPoolTests
{
    private const string StreamRoute = "/api/v1/stream";

    [Fact]
    public async Task Get_UnknownSource_Is400ThatNamesTheField()
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);
        host.Client.DefaultRequestHeaders.Add("Accept", "text/event-stream, application/problem+json");

        using var answer = await host.Client.GetAsync(StreamRoute + "?raw=true&source=scripted_q");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.ToString());
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("source", body.RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?format=base64")]
    [InlineData("?conditioning=limited")]
    [InlineData("?length=5&rate=1")]
    public async Task Send_NoSeed_Is503WithRetryAfter(string query)
    {
        await using var empty = new EntropyPool(); // never harvests
        await using var host = await RandomHost.StartAsync(empty);
        foreach (var accept in new[] { "*/*", "text/event-stream" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                if (query.Contains("length", StringComparison.Ordinal) && accept != "*/*")
                {
                    continue;
                }

                using var request = new HttpRequestMessage(method, StreamRoute + query);
                request.Headers.Add("Accept", accept);
                using var answer = await host.Client.SendAsync(request);

                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
                Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
                Assert.False(answer.Headers.Contains(RandomHeaders.Quality));
            }
        }
    }

    [Fact]
    public async Task Send_LimitedAndThePoolIsDry_Is503WithRetryAfter()
    {
        await StopHarvestAsync();
        while (Pool.Parts.Pool.TryTakeOldest(new byte[Pool.BlockBytes])) { }

        await using var host = await RandomHost.StartAsync(Pool);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, StreamRoute + "?conditioning=limited&timeout=0");
            using var answer = await host.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData("/api/v1/stream?conditioning=limited&timeout=30")]
    [InlineData("/api/v1/random?conditioning=limited&timeout=30&format=bytes&length=480&rate=480")]
    [InlineData("/api/v1/random?fresh=true&timeout=30&format=hex&length=480&rate=480")]
    public async Task Get_ServiceStopsBeforeTheFirstByte_Is503ThatSaysSo(string answer)
    {
        await StopHarvestAsync();
        while (Pool.Parts.Pool.TryTakeOldest(new byte[Pool.BlockBytes])) { }

        await using var host = await RandomHost.StartAsync(Pool);
        var asking = host.Client.GetAsync(answer);
        host.BeginStop();

        using var refused = await asking;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Contains("the service is stopping", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "*/*", null, "application/octet-stream", "drbg")]
    [InlineData("", "text/plain", null, "text/plain; charset=utf-8", "drbg")]
    [InlineData("length=10&format=hex", "*/*", 20L, "text/plain; charset=utf-8", "drbg")]
    [InlineData("length=1073741824", "*/*", 1L << 30, "application/octet-stream", "drbg")]
    [InlineData("length=10", "text/event-stream", null, "text/event-stream", "drbg")]
    [InlineData("conditioning=limited&rate=1", "text/event-stream", null, "text/event-stream", "limited")]
    [InlineData("raw=true&source=scripted_a", "*/*", null, "application/octet-stream", "raw")]
    public async Task Head_Stream_HasTheHeadersAndConsumesNothing(string query, string accept, long? length, string type, string quality)
    {
        Assert.True(SpinWait.SpinUntil(() => Pool.BackedBytes > 0, TimeSpan.FromSeconds(30)));
        await using var host = await RandomHost.StartAsync(Pool, options => options.AllowRaw = true);
        var before = Pool.Status.OutputBytes;
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{StreamRoute}?{query}");
        request.Headers.Add("Accept", accept);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(length, answer.Content.Headers.ContentLength is 0 ? null : answer.Content.Headers.ContentLength);
        Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(quality, string.Join(',', answer.Headers.GetValues(RandomHeaders.Quality)));
        Assert.Equal("none", string.Join(',', answer.Headers.AcceptRanges));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(quality == "raw", answer.Headers.Contains(RandomHeaders.Sources));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(before, Pool.Status.OutputBytes);
    }

    [Fact]
    public async Task OpenApi_Stream_ListsEveryParameterWithRangeAndExampleAndEveryBody()
    {
        await using var host = await RandomHost.StartAsync();

        using var document = JsonDocument.Parse(await host.Client.GetStringAsync("/openapi/v1.json"));

        var get = document.RootElement.GetProperty("paths").GetProperty(StreamRoute).GetProperty("get");
        var parameters = get.GetProperty("parameters")
            .EnumerateArray()
            .ToDictionary(each => each.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Assert.Equal("conditioning format length rate raw source timeout", string.Join(' ', parameters.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal((1, 1 << 30), Range("rate"));
        Assert.Equal((1, 1L << 50), Range("length"));
        Assert.Equal((0, 30), Range("timeout"));
        Assert.All(parameters.Where(each => each.Key != "raw"), each => Assert.True(each.Value.TryGetProperty("example", out _), each.Key));
        Assert.Equal(
            "application/octet-stream text/event-stream text/plain",
            string.Join(
                ' ',
                get.GetProperty("responses")
                    .GetProperty("200")
                    .GetProperty("content")
                    .EnumerateObject()
                    .Select(each => each.Name)
                    .Order(StringComparer.Ordinal)
            )
        );
        Assert.Equal(
            "200 400 401 403 503",
            string.Join(' ', get.GetProperty("responses").EnumerateObject().Select(each => each.Name).Order(StringComparer.Ordinal))
        );

        (long, long) Range(string name) =>
            (
                parameters[name].GetProperty("schema").GetProperty("minimum").GetInt64(),
                parameters[name].GetProperty("schema").GetProperty("maximum").GetInt64()
            );
    }
}
