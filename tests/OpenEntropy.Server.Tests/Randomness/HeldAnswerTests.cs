using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>Answers that are held whole, for clients that do not read them, over TCP: those of one caller keep within its share, and others are served.</summary>
public sealed class HeldAnswerTests : IAsyncLifetime
{
    private const int KernelBuffer = 4096;
    private const int Beginning = 12; // HTTP/1.1 200
    private const string Jose = "application/jose+json";

    private readonly ServerFactory _factory = new ServerFactory(("OpenEntropy:Randomness:MaxJsonBytes", "1048576"))
    {
        SendBuffer = KernelBuffer,
    }.OnKestrel();

    private HttpClient _client = null!;

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    private AnswerMemory Memory => _factory.Services.GetRequiredService<AnswerMemory>();

    [Theory]
    [InlineData("random?type=hex16&length=512&size=1024&receipt=true", "*/*", 1 << 20)]
    [InlineData("random?type=hex16&length=512&size=1024", Jose, (1 << 20) + 32_768)] // and a slice of the text
    [InlineData("random?type=uint8&length=65536", Jose, 65_536 + 32_768)]
    [InlineData("bytes?length=1024&count=1024", "*/*", 2 << 20)] // the text alone, once it is made
    [InlineData("bytes?length=1024&count=1024&proof=true", "*/*", 3 << 20)]
    [InlineData("strings?length=1024&count=1000&alphabet=ab", "*/*", 1_000_000)]
    public async Task Get_ClientsThatDoNotRead_AreRefusedBeforeTheyHoldTooMuch(string route, string accept, long least)
    {
        var stalled = new List<RawClient>();
        var before = Memory.Held;
        while (await AskAsync(route, accept) is { } client)
        {
            stalled.Add(client);
            Assert.InRange(Memory.Held - before, least, Memory.Limit / 2);
            before = Memory.Held;
        }

        Assert.InRange(stalled.Count, 2, Memory.Limit / 2 / least);
        await RefusesThisAloneAsync(route, accept);
        using (var modest = await GetAsync(route, accept, forwarded: true))
        {
            Assert.Equal(HttpStatusCode.OK, modest.StatusCode);
            Assert.Equal(modest.Content.Headers.ContentLength, (await modest.Content.ReadAsByteArrayAsync()).Length);
        }

        await ServerFactory.UntilAsync(() => Task.FromResult(Memory.Held <= before)); // the last of it may be read before it is given back

        // One that is gone makes room again.
        using var first = stalled[0];
        stalled.RemoveAt(0);
        first.HangUp();
        await ServerFactory.UntilAsync(() => Task.FromResult(Memory.Held < before));
        using (var next = await GetAsync(route, accept))
        {
            Assert.Equal(HttpStatusCode.OK, next.StatusCode);
            Assert.Equal(next.Content.Headers.ContentLength, (await next.Content.ReadAsByteArrayAsync()).Length);
        }

        stalled.ForEach(client => client.HangUp());
        await ServerFactory.UntilAsync(() => Task.FromResult(_factory.Requests.IsIdle));
        Assert.Equal(0, Memory.Held);
        Assert.Empty(_factory.Logs.Errors);
        stalled.ForEach(client => client.Dispose());
    }

    // What a proxy passed on is of another caller than what comes from this machine itself.
    private async Task<HttpResponseMessage> GetAsync(string route, string accept, bool forwarded = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/" + route, UriKind.Relative));
        request.Headers.Add("Accept", accept);
        if (forwarded)
        {
            request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        }

        return await _client.SendAsync(request);
    }

    private async Task RefusesThisAloneAsync(string route, string accept)
    {
        using var refused = await GetAsync(route, accept);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(AnswerMemory.RetryAfter, refused.Headers.RetryAfter?.Delta);
        Assert.Contains(AnswerMemory.ShareRefusal, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // What is small or drawn as it is read needs none of it.
        foreach (
            var other in new[]
            {
                "random?length=1000&type=uint8&receipt=true",
                "integers?min=1&max=6&count=1000&proof=true",
                "random?type=hex16&length=512&size=1024",
                "random?format=bytes&length=1000000",
            }
        )
        {
            using var answer = await _client.GetAsync(new Uri("/api/v1/" + other, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var small = await GetAsync("random?type=uint8&length=32768", Jose);
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
    }

    /// <summary>A client that reads the beginning and no more; null where it was refused.</summary>
    private async Task<RawClient?> AskAsync(string route, string accept)
    {
        var client = new RawClient();
        await client.SendAsync(_client.BaseAddress!, $"GET /api/v1/{route} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n");
        var beginning = Encoding.Latin1.GetString(await client.ReadAsync(Beginning));
        var status = int.Parse(beginning.AsSpan("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        if (status == 200)
        {
            return client;
        }

        client.Dispose();
        return null;
    }
}
