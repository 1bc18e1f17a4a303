using System.Net;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>What the route answers before it asks the pool for anything.</summary>
public sealed class RandomRefusalTests
{
    [Theory]
    [InlineData("length=0", "length must be between 1 and 65536")]
    [InlineData("type=uint32", "type must be uint8, uint16, hex8 or hex16")]
    [InlineData("type=uint8&size=2", "size must be 1 with uint8 and uint16")]
    [InlineData("type=uint8&size=2&format=bytes", "type and size must be left out with bytes, hex and base64, where length counts bytes")]
    public async Task Get_BadParameter_Is400InTheServiceShape(string query, string message)
    {
        await using var host = await RandomHost.StartAsync();

        using var response = await host.Client.GetAsync("/api/v1/random?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.True(response.Headers.CacheControl!.NoStore);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.False(body.RootElement.GetProperty("success").GetBoolean());
        Assert.Equal(message, body.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Get_BadParameterAndProblemAccepted_Is400WithItsField()
    {
        await using var host = await RandomHost.StartAsync();
        host.Client.DefaultRequestHeaders.Add("Accept", "application/json, application/problem+json");

        using var response = await host.Client.GetAsync("/api/v1/random?lenght=5");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("lenght", body.RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("raw=true")]
    [InlineData("conditioning=vonneumann&format=bytes")]
    public async Task Get_RawNotAllowed_Is403(string query)
    {
        await using var host = await RandomHost.StartAsync();

        using var response = await host.Client.GetAsync("/api/v1/random?" + query);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("OpenEntropy:Randomness:AllowRaw", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownNameOf5000Characters_Is400WithShortMessage()
    {
        await using var host = await RandomHost.StartAsync();

        using var response = await host.Client.GetAsync("/api/v1/random?" + new string('y', 5000));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.InRange((await response.Content.ReadAsStringAsync()).Length, 1, 300);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Send_OtherMethod_Is405ThatNamesTheAllowed(string method)
    {
        await using var host = await RandomHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/random");

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("GET HEAD", string.Join(' ', response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }
}
