using System.Net;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests;

/// <summary>Every service route through the public door, on scripted noise.</summary>
public sealed class ServiceTests : IAsyncLifetime, IDisposable
{
    private readonly ServerFactory _factory = new();
    private HttpClient _client = null!;

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync() => await _factory.DisposeAsync();

    public void Dispose() => _factory.Dispose();

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/startup")]
    [InlineData("/sources")]
    [InlineData("/sources/scripted_a")]
    [InlineData("/pool/status")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/swagger/index.html")]
    [InlineData("/swagger/swagger-ui-bundle.js")]
    [InlineData("/api/v1/random?length=4&type=uint8")]
    public async Task Get_EveryRoute_AnswersAndForbidsStoring(string route)
    {
        using var answer = await _client.GetAsync(new Uri(route, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/sources/scripted_z", 404)]
    [InlineData("GET", "/openapi/v2.json", 404)]
    [InlineData("GET", "/swagger/nothing.js", 404)]
    [InlineData("POST", "/health", 405)]
    [InlineData("DELETE", "/sources/scripted_a", 405)]
    [InlineData("PUT", "/metrics", 405)]
    [InlineData("POST", "/api/v1/random", 405)]
    public async Task Send_WrongRouteOrMethod_IsRefusedInJson(string method, string route, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        using var answer = await _client.SendAsync(request);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.False(body.RootElement.GetProperty("success").GetBoolean());
        Assert.Equal(status == 405, answer.Content.Headers.Allow.Count > 0);
    }

    [Fact]
    public async Task Get_UnknownSource_NamesThoseThatResembleIt()
    {
        using var answer = await _client.GetAsync(new Uri("/sources/scripted_z", UriKind.Relative));

        Assert.Contains("scripted_a", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Sources_ListsThePluggedOnesAsHealthy()
    {
        using var list = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/sources", UriKind.Relative)));
        var sources = list
            .RootElement.GetProperty("sources")
            .EnumerateArray()
            .ToDictionary(source => source.GetProperty("name").GetString()!, StringComparer.Ordinal);

        Assert.Equal(sources.Count, list.RootElement.GetProperty("total").GetInt32());
        Assert.All(ServerFactory.SourceNames, name => Assert.True(sources[name].GetProperty("healthy").GetBoolean(), name));
    }

    [Fact]
    public async Task Get_Metrics_CountsTheBytesThatWereServed()
    {
        await _client.GetByteArrayAsync(new Uri("/api/v1/random?format=bytes&length=1000", UriKind.Relative));

        var metrics = await _client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        var line = Assert.Single(
            metrics.Split('\n'),
            each => each.StartsWith("openentropy_output_bytes_total{quality=\"drbg\"}", StringComparison.Ordinal)
        );
        Assert.True(long.Parse(line.Split(' ')[1]) >= 1000, line);
    }

    [Fact]
    public async Task Get_OpenApi_DescribesEveryServiceRoute()
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();

        foreach (
            var path in new[] { "/api/v1/random", "/health", "/health/live", "/sources", "/sources/{name}", "/pool/status", "/metrics" }
        )
        {
            Assert.True(paths.Contains(path, StringComparer.Ordinal), path);
        }
    }
}
