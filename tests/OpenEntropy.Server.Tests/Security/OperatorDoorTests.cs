using System.Net;
using OpenEntropy.Server.Tests.Dashboard;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>The same over real connections on loopback: what is refused is not done, what is let in is, and no key is told to anybody.</summary>
public sealed class OperatorDoorTests : IAsyncLifetime
{
    private const string WrongKey = "fedcba9876543210-a-wrong-key-that-must-not-be-told";
    private const string Retest = "/sources/scripted_a/retest";

    private readonly ServerFactory _factory = new ServerFactory(
        ("OpenEntropy:Security:OperatorKeyDigest", TestKey.Digest),
        ("OpenEntropy:Logging:Files", "true")
    ).OnKestrel();
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _client = await _factory.CreateReadyClientAsync();
        await _client.UntilStateAsync("scripted_a", "healthy");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Fact]
    public async Task Post_OnLoopback_IsRefusedAsTheRuleSaysAndThenChangesNothing()
    {
        var own = _client.BaseAddress!.Authority;

        Assert.Equal(401, await PostAsync("Host: evil.example"));
        Assert.Equal(401, await PostAsync("Host: localhost.evil.example"));
        Assert.Equal(401, await PostAsync("Host: 127.0.0.1.nip.io"));
        Assert.Equal(401, await PostAsync("X-Forwarded-For: 127.0.0.1"));
        Assert.Equal(401, await PostAsync("X-Forwarded-Empty: "));
        Assert.Equal(401, await PostAsync("Forwarded: for=127.0.0.1"));
        Assert.Equal(401, await PostAsync("Via: 1.1 proxy"));
        Assert.Equal(401, await PostAsync($"x-api-key: {WrongKey}"));
        Assert.Equal(401, await PostAsync($"x-api-key: {TestKey.Text}", $"Authorization: Bearer {WrongKey}"));
        Assert.Equal(403, await PostAsync("Origin: null"));
        Assert.Equal(403, await PostAsync("Origin: http://127.0.0.1:1"));
        Assert.Equal(403, await PostAsync("Origin: https://" + own));
        Assert.Equal(403, await PostAsync("Sec-Fetch-Site: same-site"));
        Assert.Equal("healthy", (await _client.SourceAsync("scripted_a")).Text("state"));
        Assert.DoesNotContain("asked by an operator", _factory.Logs.Text, StringComparison.Ordinal);

        Assert.Equal(200, await PostAsync());
        Assert.Equal(200, await PostAsync("Origin: http://" + own, "Sec-Fetch-Site: same-origin"));
        Assert.Equal(200, await PostAsync("Host: localhost:1"));
        Assert.Equal(200, await PostAsync("Host: [::1]"));
        Assert.Equal(200, await PostAsync($"x-api-key: {TestKey.Text}", "Host: evil.example", "X-Forwarded-For: 198.51.100.1"));
        Assert.Equal(200, await PostAsync($"Authorization: Bearer {TestKey.Text}", "Host: evil.example"));
        Assert.Equal(6, _factory.Logs.Text.Split("asked by an operator").Length - 1);

        await AssertNoKeyIsToldAsync();
    }

    // In every log at every level, in what is told of requests and refusals, on the page and in its events, and in the storage directory.
    private async Task AssertNoKeyIsToldAsync()
    {
        List<string> all = [_factory.Logs.Text, await ReadStorageAsync(), await ReadEventsAsync()];
        foreach (var path in new[] { "/metrics", "/health", "/pool/status", "/", "/events/history", "/sources" })
        {
            all.Add(await _client.GetStringAsync(new Uri(path, UriKind.Relative)));
        }

        var told = string.Join('\n', all);
        Assert.Contains("reason=\"unauthorized\"", told, StringComparison.Ordinal);
        foreach (var secret in new[] { TestKey.Text, TestKey.Digest, WrongKey, TestKey.DigestOf(WrongKey) })
        {
            Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task<string> ReadStorageAsync()
    {
        var text = "";
        await ServerFactory.UntilAsync(async () =>
        {
            text = await _factory.ReadLogFilesAsync();
            return text.Split("asked by an operator").Length > 6;
        });
        return text + string.Concat((await OpenFiles.ReadAllAsync(_factory.Storage)).Select(each => each.Path + each.Text));
    }

    private async Task<string> ReadEventsAsync()
    {
        using var events = await PageEvents.WatchAsync(_client);
        var hello = await events.ReadAsync("hello");
        var log = await events.ReadAsync("log");
        Assert.Contains("asked by an operator", log.GetRawText(), StringComparison.OrdinalIgnoreCase);
        return $"{hello}{log}{await events.ReadAsync("status")}{await events.ReadAsync("sources")}";
    }

    private async Task<int> PostAsync(params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Retest);
        foreach (var header in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header.Split(": ", 2)[0], header.Split(": ", 2)[1]));
        }

        using var answer = await _client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain(TestKey.Text, body, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongKey, body, StringComparison.Ordinal);
        Assert.Equal(
            answer.StatusCode == HttpStatusCode.Unauthorized,
            answer.Headers.WwwAuthenticate.ToString().StartsWith("Bearer realm=", StringComparison.Ordinal)
        );
        return (int)answer.StatusCode;
    }
}
