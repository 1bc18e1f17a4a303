using System.Text.Json;
using OpenEntropy.Server.Tests.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Dialects;

/// <summary>The routes in the OpenAPI document.</summary>
public sealed class DialectOpenApiTests : ScriptedPoolTests
{
    [Theory]
    [InlineData("/", "uint8 uint16 hex8 hex16", "/?length=2")]
    [InlineData("/api/v1/random/", "uint8 uint16 hex8 hex16", "/api/v1/random/?length=2")]
    [InlineData("/API/jsonI.php", "uint8 uint16 hex16", "/API/jsonI.php?length=2")]
    public async Task OpenApi_Anu_HasItsParametersAndTheMembersOfTheAnswer(string path, string types, string address)
    {
        await using var host = await RandomHost.StartAsync(Pool, options => options.MaxLength = 4321);

        var get = await OperationAsync(host, path, "get");
        using var answer = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri(address, UriKind.Relative)));

        var parameters = get.GetProperty("parameters")
            .EnumerateArray()
            .ToDictionary(each => each.GetProperty("name").GetString()!, each => each.GetProperty("schema"), StringComparer.Ordinal);
        Assert.Equal(["length", "size", "type"], parameters.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((1, 4321), Range(parameters["length"]));
        Assert.Equal((1, 1024), Range(parameters["size"]));
        Assert.Equal(types, string.Join(' ', parameters["type"].GetProperty("enum").EnumerateArray().Select(each => each.GetString())));
        Assert.Equal("200 400 503 401 403", Names(get.GetProperty("responses")));
        var json = get.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json");
        Assert.Equal(Names(answer.RootElement), Names(json.GetProperty("schema").GetProperty("properties")));
        Assert.Equal(Names(answer.RootElement), Names(json.GetProperty("example")));
        Assert.Equal(
            answer.RootElement.GetProperty("length").ValueKind.ToString(),
            json.GetProperty("example").GetProperty("length").ValueKind.ToString()
        );
        Assert.NotEmpty(get.GetProperty("summary").GetString()!);
    }

    [Theory]
    [InlineData("/v1/auth/check-key", "200 401 403")]
    [InlineData("/v1/qrng/latest", "200 503 401 403")]
    public async Task OpenApi_QuantumVllm_HasTheMembersOfTheAnswer(string path, string answers)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        var get = await OperationAsync(host, path, "get");
        using var answer = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri(path, UriKind.Relative)));

        Assert.Equal(answers, Names(get.GetProperty("responses")));
        var json = get.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json");
        Assert.Equal(Names(answer.RootElement), Names(json.GetProperty("schema").GetProperty("properties")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/pollen")]
    public async Task OpenApi_Pollinate_HasItsForm(string path)
    {
        await using var host = await RandomHost.StartAsync(Pool);

        var post = await OperationAsync(host, path, "post");

        var form = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/x-www-form-urlencoded");
        var challenge = form.GetProperty("schema").GetProperty("properties").GetProperty("challenge");
        Assert.Equal((1, 256), (challenge.GetProperty("minLength").GetInt32(), challenge.GetProperty("maxLength").GetInt32()));
        Assert.Equal("200 400 503 401 403", Names(post.GetProperty("responses")));
    }

    private static async Task<JsonElement> OperationAsync(RandomHost host, string path, string method)
    {
        using var document = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        return document.RootElement.GetProperty("paths").GetProperty(path).GetProperty(method).Clone();
    }

    private static (int Least, int Most) Range(JsonElement schema) =>
        (schema.GetProperty("minimum").GetInt32(), schema.GetProperty("maximum").GetInt32());

    private static string Names(JsonElement members) => string.Join(' ', members.EnumerateObject().Select(member => member.Name));
}
