using System.Net;
using System.Text;
using System.Text.Json;
using OpenEntropy.Server.Tests.Randomness;
using OpenEntropy.Server.Values;
using Xunit;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>What a body of items may call itself, and how long an item is.</summary>
public sealed class ItemListTests : IAsyncLifetime
{
    private readonly EntropyPool _pool = new(); // never harvests: what stands is answered with 503
    private RandomHost _host = null!;

    public async Task InitializeAsync() => _host = await RandomHost.StartAsync(_pool);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _pool.DisposeAsync();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/vnd.example+json")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=\"iso-8859-1\"")]
    [InlineData("application/json; charset=utf-8; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData("json")]
    [InlineData("")]
    public async Task Post_OtherBody_Is415(string type)
    {
        using var answer = await PostAsync("/api/v1/shuffle", "[\"a\"]", type);

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal(
            "the body must be application/json, and its charset utf-8 where one is named",
            body.RootElement.GetProperty("message").GetString()
        );
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    [InlineData("application/json; profile=x")]
    public async Task Post_JsonInUtf8_IsRead(string type)
    {
        using var answer = await PostAsync("/api/v1/shuffle", "[\"a\"]", type);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode); // all that is missing is a seed
    }

    [Fact]
    public async Task Post_ByteOrderMark_IsPassedOver()
    {
        using var answer = await PostAsync("/api/v1/shuffle", "\uFEFF[\"a\"]", "application/json");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Theory]
    [InlineData("\U0001F3B2")]
    [InlineData("é")]
    [InlineData("x")]
    public async Task Send_LongestItem_IsCountedInCodePoints(string character)
    {
        var longest = string.Concat(Enumerable.Repeat(character, ItemList.LongestItem));
        foreach (var (item, status) in new[] { (longest, HttpStatusCode.ServiceUnavailable), (longest + "x", HttpStatusCode.BadRequest) })
        {
            using var posted = await PostAsync("/api/v1/choice", $"[\"{item}\"]", "application/json");
            using var asked = await _host.Client.GetAsync($"/api/v1/choice?items={Uri.EscapeDataString(item)}");

            Assert.Equal((status, status), (posted.StatusCode, asked.StatusCode));
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string address, string body, string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await _host.Client.PostAsync(address, content);
    }
}
