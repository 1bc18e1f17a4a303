using System.Diagnostics;
using System.Net;
using System.Text;
using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Streaming;

/// <summary>Streams through the public door: Kestrel, over TCP.</summary>
public sealed class StreamEndpointTests : IAsyncLifetime
{
    private const string Route = "/api/v1/stream";

    private readonly ServerFactory _factory = new ServerFactory().OnKestrel();
    private HttpClient _client = null!;

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Theory]
    [InlineData("", "application/octet-stream")]
    [InlineData("?format=hex", "text/plain; charset=utf-8")]
    [InlineData("?format=base64", "text/plain; charset=utf-8")]
    [InlineData("?rate=1073741824", "application/octet-stream")]
    public async Task Get_Endless_GoesOnUntilTheClientCloses(string query, string type)
    {
        const int Length = 4_000_000;
        var before = _factory.Requests.Started;
        using (var answer = await GetAsync(Route + query))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.TransferEncodingChunked);
            Assert.Null(answer.Content.Headers.ContentLength);
            Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
            Assert.Equal("drbg", string.Join(',', answer.Headers.GetValues(RandomHeaders.Quality)));
            Assert.Equal("none", string.Join(',', answer.Headers.AcceptRanges));
            await using var body = await answer.Content.ReadAsStreamAsync();
            var read = new byte[Length];
            await body.ReadExactlyAsync(read);
            var bytes = query switch
            {
                "?format=hex" => Convert.FromHexString(Encoding.ASCII.GetString(read)),
                "?format=base64" => Convert.FromBase64String(Encoding.ASCII.GetString(read)),
                _ => read,
            };

            // No 16 bytes come twice.
            Assert.Equal(
                bytes.Length / 16,
                bytes.Chunk(16).Take(bytes.Length / 16).Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count()
            );
        }

        Assert.Equal(before + 1, _factory.Requests.Started);
        await ServerFactory.UntilAsync(() => Task.FromResult(_factory.Requests.IsIdle));
        Assert.Empty(_factory.Logs.Errors);
    }

    [Theory]
    [InlineData("length=100000", 100_000)]
    [InlineData("length=100000&format=hex", 200_000)]
    [InlineData("length=100000&format=base64&rate=10000000", 133_336)]
    [InlineData("length=500&conditioning=limited", 500)]
    public async Task Get_Length_EndsWithContentLength(string query, int expected)
    {
        using var answer = await GetAsync($"{Route}?{query}");

        Assert.Equal(expected, answer.Content.Headers.ContentLength);
        Assert.Equal(expected, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData("", 10_000, "3072 3072 3072 784")]
    [InlineData("&format=hex", 3073, "3072 1")]
    [InlineData("&rate=10000", 1100, "500 500 100")]
    [InlineData("&conditioning=limited", 5, "5")]
    public async Task Get_Events_AreNumberedAndWholeByThemselves(string query, int length, string lengths)
    {
        using var answer = await GetAsync($"{Route}?length={length}{query}", "text/event-stream");

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var events = await ReadEventsAsync(await answer.Content.ReadAsStreamAsync());
        var data = events.Select(each =>
            query.Contains("hex", StringComparison.Ordinal) ? Convert.FromHexString(each.Data) : Convert.FromBase64String(each.Data)
        );
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => $"{number}"), events.Select(each => each.Id));
        if (query.Contains("limited", StringComparison.Ordinal))
        {
            Assert.Equal(length, data.Sum(bytes => bytes.Length));
        }
        else
        {
            Assert.Equal(lengths, string.Join(' ', data.Select(bytes => bytes.Length)));
        }
    }

    [Fact]
    public async Task Get_EndlessEvents_ComeOneAfterTheOther()
    {
        using var answer = await GetAsync(Route + "?rate=20000", "text/event-stream");
        using var text = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var reader = new EventReader(text);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i <= 5; i++)
        {
            var (id, data) = (await reader.ReadAsync())!.Value;
            Assert.Equal($"{i}", id);
            Assert.Equal(1000, Convert.FromBase64String(data).Length);
            Assert.True(seen.Add(data));
        }
    }

    [CurlFact]
    public async Task Get_EventsByCurl_AreTheSame()
    {
        using var curl = Process.Start(
            new ProcessStartInfo(
                CurlFactAttribute.Find()!,
                ["-sS", "-N", "-H", "Accept: text/event-stream", $"{_client.BaseAddress}api/v1/stream?length=10000&rate=1000000"]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var complaints = curl.StandardError.ReadToEndAsync();
        var events = await ReadEventsAsync(curl.StandardOutput.BaseStream).WaitAsync(ServerFactory.Patience);
        await curl.WaitForExitAsync().WaitAsync(ServerFactory.Patience);

        Assert.Equal("", await complaints);
        Assert.Equal(0, curl.ExitCode);
        Assert.Equal(10_000, events.Sum(each => Convert.FromBase64String(each.Data).Length));
    }

    [Fact]
    public async Task Get_PacedRandomBytes_AreWholeAndPaced()
    {
        using var answer = await GetAsync("/api/v1/random?format=base64&length=30001&rate=200000");

        Assert.Equal(40_004, answer.Content.Headers.ContentLength);
        Assert.Equal(30_001, Convert.FromBase64String(await answer.Content.ReadAsStringAsync()).Length);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<List<(string Id, string Data)>> ReadEventsAsync(Stream body)
    {
        using var text = new StreamReader(body);
        return await new EventReader(text).ReadAllAsync();
    }
}
