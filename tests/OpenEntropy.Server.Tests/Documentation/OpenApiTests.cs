using System.Net;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Documentation;

/// <summary>The document is right about the whole service.</summary>
public sealed class OpenApiTests : IAsyncLifetime
{
    private readonly ServerFactory _factory = new();
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        using var client = _factory.CreateClient();
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        _document = document.RootElement.Clone();
    }

    public async Task DisposeAsync() => await _factory.DisposeAsync();

    [Fact]
    public void Document_OperationIds_AreUnique()
    {
        var ids = Operations()
            .Where(operation => operation.Body.TryGetProperty("operationId", out _))
            .Select(operation => operation.Body.GetProperty("operationId").GetString())
            .ToList();

        Assert.Contains("random", ids, StringComparer.Ordinal);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Document_Head_IsNotDescribed() =>
        Assert.Equal(
            ["delete", "get", "post"],
            Operations().Select(operation => operation.Method).Distinct(StringComparer.Ordinal).Order()
        );

    [Fact]
    public void Document_EveryResponse_HasContentWithASchema()
    {
        var responses = Operations().SelectMany(operation => operation.Body.GetProperty("responses").EnumerateObject()).ToList();

        Assert.True(responses.Count > 10);
        Assert.All(
            responses,
            response => Assert.All(Content(response.Value), type => Assert.NotEmpty(type.Value.GetProperty("schema").EnumerateObject()))
        );
    }

    [Theory]
    [InlineData("/api/v1/random", "400")]
    [InlineData("/api/v1/random", "403")]
    [InlineData("/api/v1/random", "503")]
    [InlineData("/api/v1/identity", "400")]
    [InlineData("/api/v1/identity", "503")]
    [InlineData("/api/v1/stream", "400")]
    [InlineData("/api/v1/stream", "403")]
    [InlineData("/api/v1/stream", "503")]
    [InlineData("/sources/{name}", "404")]
    [InlineData("/api/v1/assessments", "400")]
    [InlineData("/api/v1/assessments/{source}", "404")]
    public void Document_Refusals_HaveBothBodies(string path, string status)
    {
        var content = Content(
                _document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty(status)
            )
            .ToDictionary(type => type.Name, type => type.Value.GetProperty("schema"), StringComparer.Ordinal);

        Assert.Equal("success message", Members(content["application/json"]));
        Assert.Equal("type title status detail field", Members(content["application/problem+json"]));
    }

    [Fact]
    public async Task Document_AnuObject_HasTheMembersOfTheAnswer()
    {
        using var client = await _factory.CreateReadyClientAsync();
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/random", UriKind.Relative)));

        var schema = Content(
                _document.GetProperty("paths").GetProperty("/api/v1/random").GetProperty("get").GetProperty("responses").GetProperty("200")
            )
            .Single(type => type.Name == "application/json")
            .Value.GetProperty("schema");

        Assert.Equal(
            answer.RootElement.EnumerateObject().Select(member => member.Name),
            schema
                .GetProperty("properties")
                .EnumerateObject()
                .Select(member => member.Name)
                .Intersect(schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!), StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("/sources", "/sources")]
    [InlineData("/sources/{name}", "/sources/tcp_connect_timing")]
    [InlineData("/health", "/health")]
    [InlineData("/pool/status", "/pool/status")]
    [InlineData("/events/history", "/events/history")]
    [InlineData("/api/v1/identity", "/api/v1/identity")]
    [InlineData("/api/v1/assessments", "/api/v1/assessments")]
    [InlineData("/api/v1/assessments/{source}", "/api/v1/assessments/scripted_a")]
    public async Task Document_Schema_HasTheMembersOfTheAnswer(string path, string address)
    {
        using var client = await _factory.CreateReadyClientAsync();
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(address, UriKind.Relative)));
        var content = _document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200");

        AssertMembers(Content(content).Single().Value.GetProperty("schema"), answer.RootElement, path);
    }

    [Theory]
    [InlineData("enable")]
    [InlineData("disable")]
    [InlineData("retest")]
    public void Document_OperatorsAct_AnswersWithTheSourceOrRefuses(string act)
    {
        var operation = Assert.Single(_document.GetProperty("paths").GetProperty($"/sources/{{name}}/{act}").EnumerateObject());
        var responses = operation.Value.GetProperty("responses");

        Assert.Equal("post", operation.Name);
        Assert.False(operation.Value.TryGetProperty("requestBody", out _));
        Assert.Equal(
            ["name"],
            operation.Value.GetProperty("parameters").EnumerateArray().Select(each => each.GetProperty("name").GetString()!)
        );
        Assert.Equal(
            ["200", "400", "401", "403", "404", "409", "429", "503"],
            responses.EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal)
        );
        Assert.EndsWith(
            "/SourceBody",
            Content(responses.GetProperty("200")).Single().Value.GetProperty("schema").GetProperty("$ref").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Document_Sources_TakeASelection()
    {
        var parameter = Assert.Single(
            _document.GetProperty("paths").GetProperty("/sources").GetProperty("get").GetProperty("parameters").EnumerateArray()
        );

        Assert.Equal(("select", "query"), (parameter.GetProperty("name").GetString(), parameter.GetProperty("in").GetString()));
        Assert.False(parameter.TryGetProperty("required", out var required) && required.GetBoolean());
        Assert.Contains("globs", parameter.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal(256, parameter.GetProperty("schema").GetProperty("maxLength").GetInt32());
    }

    [Fact]
    public void Document_SourceMembersThatMayBeMissing_AreNullable()
    {
        var members = _document.GetProperty("components").GetProperty("schemas").GetProperty("SourceBody").GetProperty("properties");

        foreach (var name in new[] { "fast", "startup_seconds", "lowered_by", "clock", "reason" })
        {
            Assert.Contains("null", members.GetProperty(name).GetProperty("type").EnumerateArray().Select(type => type.GetString()!));
        }
    }

    /// <summary>Compares the members by name, and those of what is in them. Free members of a dictionary are not named by a schema.</summary>
    private void AssertMembers(JsonElement schema, JsonElement answer, string where)
    {
        if (schema.TryGetProperty("oneOf", out var either))
        {
            schema = either.EnumerateArray().Last();
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = _document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        if (answer.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in answer.EnumerateArray())
            {
                AssertMembers(schema.GetProperty("items"), item, where + "[]");
            }
        }
        else if (answer.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            Assert.Equal(
                $"{where}: {string.Join(' ', answer.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal))}",
                $"{where}: {string.Join(' ', properties.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal))}"
            );
            foreach (var member in answer.EnumerateObject())
            {
                AssertMembers(properties.GetProperty(member.Name), member.Value, $"{where}.{member.Name}");
            }
        }
    }

    [Fact]
    public async Task Head_Document_AnswersAsGetDoes()
    {
        using var client = _factory.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/openapi/v1.json");
        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/swagger")]
    [InlineData("/swagger/")]
    public async Task Get_Page_IsRedirectedForNowOnly(string path)
    {
        using var client = _factory.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.EndsWith("index.html", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    private static JsonElement.ObjectEnumerator Content(JsonElement response)
    {
        Assert.True(response.TryGetProperty("content", out var content), response.ToString());
        return content.EnumerateObject();
    }

    private static string Members(JsonElement schema) =>
        string.Join(' ', schema.GetProperty("properties").EnumerateObject().Select(member => member.Name));

    private IEnumerable<(string Method, JsonElement Body)> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name, operation.Value);
}
