using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Dialects;
using OpenEntropy.Server.Tests.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Dialects;

/// <summary>quantum-vllm's two routes.</summary>
public sealed class QuantumVllmTests : ScriptedPoolTests
{
    private const string Latest = "/v1/qrng/latest";

    [Fact]
    public void Write_PayloadAndTime_IsTheBodyToTheLetter()
    {
        byte[] payload = [.. Enumerable.Range(0, QuantumVllm.PayloadBytes).Select(i => (byte)(i * 7))];
        var text = new byte[2000];

        var length = QuantumVllm.Write(payload, new DateTimeOffset(2026, 3, 4, 7, 6, 7, 89, TimeSpan.FromHours(2)), text);

        Assert.Equal(
            $$"""{"payload_b64":"{{Convert.ToBase64String(payload)}}","payload_hash":"{{Convert.ToHexStringLower(
                SHA256.HashData(payload)
            )}}","cadence_ms":50,"batch_closed_at":"2026-03-04T05:06:07.089Z","server_time":"2026-03-04T05:06:07.089Z"}""",
            Encoding.ASCII.GetString(text, 0, length)
        );
    }

    [Theory]
    [InlineData("Bearer ql_day_0123456789")]
    [InlineData("Bearer anything")]
    [InlineData(null)]
    public async Task Get_CheckKey_GrantsWhatThereIsToAnyKey(string? authorization)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/auth/check-key?x=1");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("{\"capabilities\":{\"qrng\":true}}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_Latest_IsNeverTheSameTwiceAndNamesItsHash()
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var before = Pool.Status.DrbgBytes;
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 50; i++)
        {
            using var answer = await host.Client.GetAsync(new Uri(Latest, UriKind.Relative));
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var payload = body.RootElement.GetProperty("payload_b64").GetBytesFromBase64();
            var hash = body.RootElement.GetProperty("payload_hash").GetString()!;

            Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
            Assert.True(answer.Headers.CacheControl?.NoStore);
            Assert.Equal(QuantumVllm.PayloadBytes, payload.Length);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(payload)), hash);
            Assert.True(hashes.Add(hash));
        }

        Assert.Equal(50 * QuantumVllm.PayloadBytes, Pool.Status.DrbgBytes - before);
    }

    [Theory]
    [InlineData("/v1/auth/check-key")]
    [InlineData(Latest)]
    public async Task Head_Route_AnswersAsGetDoesAndDrawsNothing(string path)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        using var get = await host.Client.GetAsync(new Uri(path, UriKind.Relative));
        var before = Pool.Status.DrbgBytes;
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var head = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal((await get.Content.ReadAsByteArrayAsync()).Length, get.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(before, Pool.Status.DrbgBytes);
    }

    [Fact]
    public async Task Get_LatestWithoutASeed_Is503WithRetryAfter()
    {
        await using var empty = new EntropyPool(); // never harvests
        await using var host = await RandomHost.StartAsync(empty);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, Latest);
            using var answer = await host.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        }
    }
}
