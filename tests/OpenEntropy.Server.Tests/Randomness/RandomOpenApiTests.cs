using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class RandomOpenApiTests
{
    [Fact]
    public async Task OpenApi_Route_ListsEveryParameterWithItsRange()
    {
        await using var host = await RandomHost.StartAsync(configure: options => options.MaxBytes = 123_456_789);

        using var document = JsonDocument.Parse(await host.Client.GetStringAsync("/openapi/v1.json"));

        var get = document.RootElement.GetProperty("paths").GetProperty("/api/v1/random").GetProperty("get");
        var parameters = get.GetProperty("parameters")
            .EnumerateArray()
            .ToDictionary(p => p.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Assert.Equal(
            "conditioning format fresh length rate raw receipt size source timeout type",
            string.Join(' ', parameters.Keys.Order(StringComparer.Ordinal))
        );
        Assert.All(parameters.Values, p => Assert.Equal("query", p.GetProperty("in").GetString()));
        Assert.Equal(1024, parameters["size"].GetProperty("schema").GetProperty("maximum").GetInt32());
        Assert.False(parameters["length"].GetProperty("schema").TryGetProperty("maximum", out _)); // it depends on the format
        Assert.Contains("1 to 65536", parameters["length"].GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Contains("1 to 123456789", parameters["length"].GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.False(parameters["timeout"].GetProperty("schema").TryGetProperty("default", out _)); // it depends on the output
        Assert.Contains("globs", parameters["source"].GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            "uint8 uint16 hex8 hex16",
            string.Join(' ', parameters["type"].GetProperty("schema").GetProperty("enum").EnumerateArray().Select(e => e.GetString()))
        );
        Assert.Equal(
            "200 400 401 403 503",
            string.Join(' ', get.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order(StringComparer.Ordinal))
        );
        Assert.NotEmpty(get.GetProperty("summary").GetString()!);
        Assert.NotEmpty(get.GetProperty("description").GetString()!);
    }
}
