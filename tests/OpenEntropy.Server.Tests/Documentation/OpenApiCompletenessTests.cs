using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Documentation;

/// <summary>Nothing in the document is left for the reader to guess.</summary>
public sealed class OpenApiCompletenessTests : IAsyncLifetime
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
    public void Operations_All_HaveANameASummaryAndATag() =>
        Assert.All(
            Operations(),
            operation =>
            {
                Assert.Matches("^[a-z][a-z0-9_]*$", Text(operation.Body, "operationId"));
                Assert.NotEmpty(Text(operation.Body, "summary"));
                Assert.NotEmpty(operation.Body.GetProperty("tags").EnumerateArray());
            }
        );

    [Fact]
    public void Parameters_All_SayWhatTheyAreAndHowTheyLook()
    {
        var parameters = Operations()
            .Where(operation => operation.Body.TryGetProperty("parameters", out _))
            .SelectMany(operation => operation.Body.GetProperty("parameters").EnumerateArray().Select(each => (operation.Path, Body: each)))
            .ToList();

        Assert.True(parameters.Count > 10);
        Assert.All(
            parameters,
            parameter =>
            {
                var schema = parameter.Body.GetProperty("schema");
                Assert.NotEmpty(Text(parameter.Body, "description"));
                Assert.True(
                    parameter.Body.TryGetProperty("example", out _)
                        || schema.TryGetProperty("enum", out _)
                        || schema.TryGetProperty("default", out _),
                    $"{parameter.Path} {Text(parameter.Body, "name")} shows no value"
                );
            }
        );
    }

    [Fact]
    public void Answers_JsonOfASuccess_HaveAnExample() =>
        Assert.All(
            from operation in Operations()
            from response in operation.Body.GetProperty("responses").EnumerateObject()
            where response.Name.StartsWith('2') && response.Value.TryGetProperty("content", out _)
            from type in response.Value.GetProperty("content").EnumerateObject()
            where type.Name == "application/json"
            select (Where: $"{operation.Method} {operation.Path}", Body: type.Value),
            type => Assert.True(type.Body.TryGetProperty("example", out _), type.Where)
        );

    [Fact]
    public void Answers_All_AreDescribed() =>
        Assert.All(
            from operation in Operations()
            from response in operation.Body.GetProperty("responses").EnumerateObject()
            select response.Value,
            response => Assert.NotEmpty(Text(response, "description"))
        );

    [Fact]
    public void Tags_All_AreDescribed()
    {
        var tags = _document.GetProperty("tags").EnumerateArray().ToList();

        Assert.NotEmpty(tags);
        Assert.All(tags, tag => Assert.True(tag.TryGetProperty("description", out _), Text(tag, "name")));
    }

    private static string Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value)
            ? value.GetString() ?? ""
            : throw new Xunit.Sdk.XunitException($"no {member}: {element}");

    private IEnumerable<(string Path, string Method, JsonElement Body)> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);
}
