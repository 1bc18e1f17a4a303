using System.Net;
using Xunit;

namespace OpenEntropy.Http.Tests;

public sealed class RefusalTests
{
    [Fact]
    public async Task GetBytesAsync_ProblemDetails_AreCarriedByTheException()
    {
        await using var server = new HostileServer(
            hangs: false,
            Refusal("400 Bad Request", """{"type":"about:blank","status":400,"detail":"length must be between 1 and 5","field":"length"}""")
        );

        var refusal = await Assert.ThrowsAsync<ServiceRefusalException>(() => server.Client().GetBytesAsync(9));

        Assert.Equal(
            (HttpStatusCode.BadRequest, "length must be between 1 and 5", "length"),
            (refusal.Status, refusal.Detail, refusal.Field)
        );
        Assert.Contains("application/problem+json", server.Heads.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{\"detail\":5}")]
    [InlineData("")]
    public async Task GetBytesAsync_ARefusalWithoutASentence_IsOneAllTheSame(string body)
    {
        await using var server = new HostileServer(hangs: false, Refusal("404 Not Found", body));

        var refusal = await Assert.ThrowsAsync<ServiceRefusalException>(() => server.Client().GetBytesAsync(9));

        Assert.Equal(HttpStatusCode.NotFound, refusal.Status);
        Assert.Null(refusal.Field);
    }

    [Theory]
    [InlineData("503 Service Unavailable", "Retry-After: 7\r\n", 7)]
    [InlineData("429 Too Many Requests", "Retry-After: 3\r\n", 3)]
    [InlineData("503 Service Unavailable", "", null)]
    [InlineData("503 Service Unavailable", "Retry-After: soon\r\n", null)]
    [InlineData("503 Service Unavailable", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 0)]
    public async Task GetBytesAsync_Unavailable_SaysWhenToAskAgain(string status, string header, int? seconds)
    {
        await using var server = new HostileServer(hangs: false, Refusal(status, "{\"detail\":\"dry\"}", header));

        var refusal = await Assert.ThrowsAsync<ServiceUnavailableException>(() => server.Client().GetBytesAsync(9));

        Assert.Equal(seconds, refusal.RetryAfter?.TotalSeconds);
        Assert.Single(server.Heads);
    }

    [Fact]
    public async Task GetBytesAsync_UnavailableWithinTheBound_WaitsAndAsksAgain()
    {
        await using var server = new HostileServer(
            hangs: false,
            Dry("Retry-After: 4\r\n"),
            Dry("Retry-After: 0\r\n"),
            HostileServer.Bytes("abcd")
        );
        var time = new SkippingTime();
        var client = server.Client(new OpenEntropyClientOptions { MaximumRetryWait = TimeSpan.FromSeconds(5) }, time);

        Assert.Equal("abcd"u8.ToArray(), await client.GetBytesAsync(4));

        Assert.Equal([4, 1], time.Waits.Select(wait => wait.TotalSeconds)); // 0 is taken for a second, so that no loop is without end
    }

    [Fact]
    public async Task GetBytesAsync_UnavailablePastTheBound_ThrowsWithoutWaiting()
    {
        await using var server = new HostileServer(
            hangs: false,
            Dry("Retry-After: 4\r\n"),
            Dry("Retry-After: 2\r\n"),
            HostileServer.Bytes("abcd")
        );
        var time = new SkippingTime();
        var client = server.Client(new OpenEntropyClientOptions { MaximumRetryWait = TimeSpan.FromSeconds(5) }, time);

        var refusal = await Assert.ThrowsAsync<ServiceUnavailableException>(() => client.GetBytesAsync(4));

        Assert.Equal(2, refusal.RetryAfter?.TotalSeconds);
        Assert.Equal([4], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task MintBundleAsync_UnavailableWithoutAnIdempotencyKey_IsNotSentAgain()
    {
        await using var server = new HostileServer(hangs: false, Dry("Retry-After: 1\r\n"));
        var client = server.Client(new OpenEntropyClientOptions { MaximumRetryWait = TimeSpan.FromSeconds(5) }, new SkippingTime());

        await Assert.ThrowsAsync<ServiceUnavailableException>(() => client.MintBundleAsync());
        Assert.Single(server.Heads);
        await Assert.ThrowsAsync<ServiceUnavailableException>(() =>
            client.MintBundleAsync(new BundleMintRequest { IdempotencyKey = "one" })
        );
        Assert.Equal(7, server.Heads.Count);
        Assert.Contains("Idempotency-Key: one", server.Heads[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost/api")]
    [InlineData(null)]
    public void New_AnAddressThatWouldLoseItsLastPart_IsRefused(string? address)
    {
        using var http = new HttpClient { BaseAddress = address is null ? null : new Uri(address) };

        Assert.Throws<ArgumentException>(() => new OpenEntropyClient(http));
    }

    [Fact]
    public async Task GetBytesAsync_SourcesOfNoRawSamples_AreRefusedHere()
    {
        await using var server = new HostileServer(hangs: false, "");

        await Assert.ThrowsAsync<ArgumentException>(() => server.Client().GetBytesAsync(1, new RandomOptions { Sources = ["disk_io"] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomOptions { WaitSeconds = 31 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OpenEntropyClientOptions { IdleTimeout = TimeSpan.Zero });
        await Assert.ThrowsAsync<ArgumentException>(() => server.Client().GetSourceAsync(".."));
    }

    private static string Dry(string headers) => Refusal("503 Service Unavailable", "{\"detail\":\"dry\"}", headers);

    private static string Refusal(string status, string body, string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/problem+json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{headers}\r\n{body}";
}
