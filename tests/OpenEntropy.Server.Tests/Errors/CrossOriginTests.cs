using System.Net;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

/// <summary>Pages of the origins listed read answers to GET and HEAD; nobody else's do, and none may act.</summary>
public sealed class CrossOriginTests : IAsyncLifetime
{
    private const string Key = "OpenEntropy:Server:CorsOrigins";
    private const string Listed = "https://example.org";
    private const string Numbers = "/api/v1/random?length=1&type=uint8";

    private readonly ServerFactory _factory = new((Key, $"{Listed}, http://localhost:3000"));
    private HttpClient _client = null!;

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", Numbers, 200)]
    [InlineData("HEAD", Numbers, 200)]
    [InlineData("GET", "/?length=1", 200)]
    [InlineData("GET", "/health", 200)]
    [InlineData("GET", "/api/v1/random?length=0", 400)]
    [InlineData("GET", "/api/v1/nothing", 404)]
    public async Task Read_ListedOrigin_IsNamedAlsoOnRefusals(string method, string path, int status)
    {
        foreach (var origin in new[] { Listed, "http://localhost:3000" })
        {
            using var answer = await SendAsync(_client, method, path, origin);

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(origin, Header(answer, "Access-Control-Allow-Origin"));
            Assert.Equal("Origin", Header(answer, "Vary"));
            Assert.Contains("Retry-After", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
            Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("http://example.org")]
    [InlineData("https://example.org:8443")]
    [InlineData("https://www.example.org")]
    [InlineData("https://example.org.example.com")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task Get_OtherOriginOrNone_IsAnsweredAndNotNamed(string? origin)
    {
        using var answer = await SendAsync(_client, "GET", Numbers, origin);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("Origin", Header(answer, "Vary"));
    }

    [Fact]
    public async Task Options_BeforeAGet_AllowsReadingAlone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, Numbers);
        request.Headers.Add("Origin", Listed);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", "x-api-key");

        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(Listed, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("GET,HEAD", Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal("x-api-key", Header(answer, "Access-Control-Allow-Headers"));
    }

    [Theory]
    [InlineData("/sources/scripted_a/disable")]
    [InlineData("/sources/scripted_a/retest")]
    [InlineData("/api/v1/assessments/scripted_a")]
    [InlineData("/api/v1/pqc/bundles")]
    public async Task Post_OperatorsActOfAListedOrigin_IsForbiddenAndUnreadable(string path)
    {
        await _client.UntilStateAsync("scripted_a", "healthy");

        using var answer = await SendAsync(_client, "POST", path, Listed);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("healthy", (await _client.SourceAsync("scripted_a")).Text("state"));
    }

    [Fact]
    public async Task Post_Pollen_IsAnsweredAndUnreadable()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/pollen");
        request.Headers.Add("Origin", Listed);
        request.Content = new FormUrlEncodedContent([new("challenge", "3f1c")]);

        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Get_NothingConfigured_HasNoHeaderOfIt()
    {
        await using var factory = new ServerFactory();
        using var client = await factory.CreateReadyClientAsync();

        using var answer = await SendAsync(client, "GET", Numbers, Listed);
        using var options = await SendAsync(client, "OPTIONS", Numbers, Listed);

        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
        Assert.Null(Header(answer, "Vary"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, options.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? origin)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await client.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
