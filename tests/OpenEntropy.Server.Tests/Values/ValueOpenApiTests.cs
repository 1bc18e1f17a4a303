using System.Net;
using System.Text.Json;
using OpenEntropy.Server.Tests.Randomness;
using OpenEntropy.Server.Values;
using Xunit;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>The document says of these routes what they do.</summary>
public sealed class ValueOpenApiTests : ScriptedPoolTests
{
    public static TheoryData<string> Names => [.. ValueEndpoints.Kinds.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Document_Get_DescribesParametersAndAnswers(string name)
    {
        var get = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/v1/" + name).GetProperty("get");
        var kind = ValueEndpoints.Kinds.Single(each => each.Name == name);

        Assert.Equal(
            ValueFields.Of(kind, withItems: true).Select(field => field.Name),
            get.GetProperty("parameters").EnumerateArray().Select(each => each.GetProperty("name").GetString()!)
        );
        Assert.All(get.GetProperty("parameters").EnumerateArray(), each => Assert.NotEmpty(each.GetProperty("description").GetString()!));
        Assert.Equal("200 400 401 403 503", Statuses(get));
        Assert.NotEmpty(get.GetProperty("summary").GetString()!);
        Assert.NotEmpty(get.GetProperty("description").GetString()!);
        var count = get.GetProperty("parameters").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "count");
        Assert.Equal(65_536, count.GetProperty("schema").GetProperty("maximum").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Document_ExamplesOfParameters_AreServedAsDescribed(string name)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var get = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/v1/" + name).GetProperty("get");
        var query = string.Join(
            '&',
            from parameter in get.GetProperty("parameters").EnumerateArray()
            where parameter.TryGetProperty("example", out _)
            select $"{parameter.GetProperty("name").GetString()}={Uri.EscapeDataString(parameter.GetProperty("example").ToString())}"
        );
        var content = get.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json");

        using var answer = JsonDocument.Parse(await host.Client.GetStringAsync($"/api/v1/{name}?{query}&proof=true"));

        var additions = ValueEndpoints.Kinds.Single(each => each.Name == name).Additions.Select(each => each.Name);
        var members = content
            .GetProperty("schema")
            .GetProperty("properties")
            .EnumerateObject()
            .Select(each => each.Name)
            .Except(additions, StringComparer.Ordinal)
            .ToList();
        Assert.Equal(answer.RootElement.EnumerateObject().Select(each => each.Name), members);
        var required = content.GetProperty("schema").GetProperty("required").EnumerateArray().Select(each => each.GetString()!);
        Assert.Equal(members.Except(["proof"], StringComparer.Ordinal), required.OrderBy(each => members.IndexOf(each)));
        Assert.Equal(
            members.Except(["proof"], StringComparer.Ordinal),
            content.GetProperty("example").EnumerateObject().Select(each => each.Name)
        );
    }

    [Theory]
    [InlineData("shuffle")]
    [InlineData("choice")]
    public async Task Document_Post_DescribesTheBody(string name)
    {
        await using var host = await RandomHost.StartAsync(Pool);
        var post = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/v1/" + name).GetProperty("post");
        var content = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        using var body = new StringContent(content.GetProperty("example").ToString(), System.Text.Encoding.UTF8, "application/json");

        using var answer = await host.Client.PostAsync("/api/v1/" + name, body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("200 400 401 403 413 415 503", Statuses(post));
        Assert.DoesNotContain(
            "items",
            post.GetProperty("parameters").EnumerateArray().Select(each => each.GetProperty("name").GetString()!)
        );
    }

    private async Task<JsonElement> DocumentAsync()
    {
        await using var host = await RandomHost.StartAsync(Pool);
        using var document = JsonDocument.Parse(await host.Client.GetStringAsync("/openapi/v1.json"));
        return document.RootElement.Clone();
    }

    private static string Statuses(JsonElement operation) =>
        string.Join(' ', operation.GetProperty("responses").EnumerateObject().Select(each => each.Name).Order(StringComparer.Ordinal));
}
