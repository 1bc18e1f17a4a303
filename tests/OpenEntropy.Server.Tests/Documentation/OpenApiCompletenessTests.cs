using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Receipts;
using OpenEntropy.Server.Dialects;
using OpenEntropy.Tests.Scripted;
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
    public void Operations_Texts_AreThoseTheirRoutesWereGiven()
    {
        var told = Operations()
            .ToDictionary(
                operation => $"{operation.Method} {operation.Path}",
                operation =>
                    (
                        Text(operation.Body, "summary"),
                        operation.Body.TryGetProperty("description", out var description) ? description.GetString() : null
                    ),
                StringComparer.Ordinal
            );
        var given =
            from endpoint in _factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            where method != "HEAD"
            select (
                Where: $"{method.ToLowerInvariant()} /{endpoint.RoutePattern.RawText!.Trim('/')}",
                Texts: (
                    endpoint.Metadata.GetRequiredMetadata<IEndpointSummaryMetadata>().Summary,
                    endpoint.Metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description
                )
            );

        Assert.Equal(AnuOpenApi.Newer.Summary, told["get /api/v1/random/"].Item1); // no route of its own
        told.Remove("get /api/v1/random/");
        Assert.Equal(told.OrderBy(each => each.Key), given.ToDictionary(each => each.Where, each => each.Texts).OrderBy(each => each.Key));
    }

    [Fact]
    public void Operations_Summaries_TellEachFromTheOthersInOneLine()
    {
        var summaries = Operations().Select(operation => Text(operation.Body, "summary")).ToList();

        Assert.Equal(summaries.Distinct(StringComparer.OrdinalIgnoreCase), summaries);
        Assert.All(summaries, summary => Assert.Matches("^[A-Z0-9][^\n`]{8,99}[^.\n]$", summary));
    }

    [Fact]
    public void Answers_All_HaveAnExampleInEachOfTheirTypes()
    {
        var missing =
            from operation in Operations()
            from response in operation.Body.GetProperty("responses").EnumerateObject()
            from type in response.Value.GetProperty("content").EnumerateObject()
            where !type.Value.TryGetProperty("example", out var example) || example.ToString().Length == 0
            select $"{operation.Method} {operation.Path} {response.Name} {type.Name}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Answers_Refusals_SayTheSameInBothTheirTypes()
    {
        var refusals = (
            from operation in Operations()
            from response in operation.Body.GetProperty("responses").EnumerateObject()
            from type in response.Value.GetProperty("content").EnumerateObject()
            where type.Name == "application/problem+json"
            select (
                response.Name,
                Problem: type.Value.GetProperty("example"),
                Plain: response.Value.GetProperty("content").GetProperty("application/json").GetProperty("example")
            )
        ).ToList();

        Assert.True(refusals.Count > 50);
        Assert.All(
            refusals,
            refusal =>
            {
                Assert.Equal(refusal.Name, refusal.Problem.GetProperty("status").ToString());
                Assert.Equal(Text(refusal.Plain, "message"), Text(refusal.Problem, "detail"));
                Assert.False(refusal.Plain.GetProperty("success").GetBoolean());
            }
        );
    }

    [Fact]
    public void Answers_SignedExample_VerifiesWithTheKeyOfTheOtherExample()
    {
        var jose = Example("random", "application/jose+json").ToString();
        Assert.True(ReceiptPublicKey.TryParse(Example("get_api_v1_identity", "application/json").ToString(), out var key));
        var time = new ManualTimeProvider();
        time.WallStep = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero) - time.GetUtcNow(); // after it was signed

        Assert.True(ReceiptVerifier.Verify(jose, key, time: time).IsValid);
    }

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

    private JsonElement Example(string operation, string type) =>
        Operations()
            .Single(each => Text(each.Body, "operationId") == operation)
            .Body.GetProperty("responses")
            .GetProperty("200")
            .GetProperty("content")
            .GetProperty(type)
            .GetProperty("example");

    private static string Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value)
            ? value.GetString() ?? ""
            : throw new Xunit.Sdk.XunitException($"no {member}: {element}");

    private IEnumerable<(string Path, string Method, JsonElement Body)> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);
}
