using System.Net;
using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Tests.Randomness;
using OpenEntropy.Server.Values;
using Xunit;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>What the routes answer to bodies, methods and a pool that cannot be met; wrong parameters are in <c>BadValueRequests.tsv</c>.</summary>
public sealed class ValueRefusalTests : IAsyncLifetime
{
    private readonly EntropyPool _pool = new(); // never harvests
    private RandomHost _host = null!;

    public async Task InitializeAsync() => _host = await RandomHost.StartAsync(_pool);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _pool.DisposeAsync();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("\"a\"")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[[\"a\"]]")]
    [InlineData("[\"a\",]")]
    [InlineData("[\"a\"")]
    [InlineData("[\"\"]")]
    [InlineData("[\"\\ud800\"]")]
    public async Task Post_BodyThatIsNoListOfItems_Is400(string body)
    {
        using var answer = await PostAsync("/api/v1/choice", body, "application/json");

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.EndsWith(
            "between 1 and 10000 items of 1 to 256 characters",
            json.RootElement.GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Post_ItemsAtTheLimits_AreTakenOrRefused()
    {
        var longest = new string('x', ItemList.LongestItem);
        var most = string.Join(',', Enumerable.Repeat("\"a\"", ItemList.Most));

        using var fits = await PostAsync("/api/v1/choice", $"[\"{longest}\"]", "application/json");
        using var tooLong = await PostAsync("/api/v1/choice", $"[\"{longest}x\"]", "application/json");
        using var many = await PostAsync("/api/v1/choice", $"[{most}]", "application/json");
        using var tooMany = await PostAsync("/api/v1/choice", $"[{most},\"a\"]", "application/json");

        // 503: this pool has no seed, but the request stands.
        Assert.Equal(
            [HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadRequest],
            [fits.StatusCode, tooLong.StatusCode, many.StatusCode, tooMany.StatusCode]
        );
    }

    [Fact]
    public async Task Post_ItemsInTheQueryAsWell_AreRefused()
    {
        using var answer = await PostAsync("/api/v1/shuffle?items=a", "[\"a\"]", "application/json");

        await AssertRefusedAsync(
            answer,
            HttpStatusCode.BadRequest,
            "unknown parameter 'items': known are count, conditioning, fresh, timeout, format, proof"
        );
    }

    [Theory]
    [InlineData("POST", "integers", "GET HEAD")]
    [InlineData("DELETE", "shuffle", "GET HEAD POST")]
    public async Task Send_OtherMethod_Is405ThatNamesTheAllowed(string method, string route, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + route);
        using var answer = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(' ', answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Get_ProblemAccepted_NamesTheField()
    {
        _host.Client.DefaultRequestHeaders.Add("Accept", "application/problem+json");

        using var answer = await _host.Client.GetAsync("/api/v1/integers?min=0&max=x");

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("max", body.RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("integers?min=1&max=6")]
    [InlineData("integers?min=1&max=1")]
    [InlineData("floats?conditioning=limited")]
    [InlineData("floats?fresh=true")]
    [InlineData("floats?format=lines")]
    public async Task Get_NoSeed_Is503WithRetryAfter(string address)
    {
        using var answer = await _host.Client.GetAsync("/api/v1/" + address);
        using var head = await _host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/v1/" + address));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (answer.StatusCode, head.StatusCode));
        Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("random")]
    [InlineData("random?format=bytes")]
    [InlineData("random?conditioning=limited&timeout=30&length=1")]
    [InlineData("random?fresh=true&timeout=30")]
    [InlineData("stream")]
    [InlineData("stream?conditioning=limited")]
    [InlineData("random/")]
    [InlineData("integers?min=1&max=6")]
    [InlineData("integers?min=1&max=1")]
    [InlineData("uuids?conditioning=limited&timeout=30")]
    public async Task Get_PoolIsGone_Is503ThatSaysTheServiceStops(string address)
    {
        var pool = new EntropyPool();
        await using var host = await RandomHost.StartAsync(pool);
        await pool.DisposeAsync();

        using var answer = await host.Client.GetAsync("/api/v1/" + address);

        await AssertRefusedAsync(answer, HttpStatusCode.ServiceUnavailable, "the service is stopping");
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
    }

    private async Task<HttpResponseMessage> PostAsync(string address, string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await _host.Client.PostAsync(address, content);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string message)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(message, body.RootElement.GetProperty("message").GetString());
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(body.RootElement.GetProperty("success").GetBoolean());
    }
}
