using System.Text.Json;
using OpenEntropy.Fuzz;
using OpenEntropy.Fuzz.Checks;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Hunts;
using Xunit;

namespace OpenEntropy.Server.Tests.Fuzz;

public sealed class RequestGeneratorTests
{
    private const int Many = 3000;

    [Fact]
    public void Make_SameSeedAndNumber_IsTheSameRequest()
    {
        Assert.Equal(Lines(1), Lines(1));
        Assert.NotEqual(Lines(1), Lines(2));
    }

    [Fact]
    public void Make_Many_HaveEveryParameterAndBothKindsOfRequests()
    {
        var requests = Enumerable.Range(0, Many).Select(i => RequestGenerator.Make(1, i)).ToList();

        foreach (var route in RouteTable.All)
        {
            var toRoute = requests.Where(request => request.Route == route).ToList();
            Assert.NotEmpty(toRoute);
            foreach (var parameter in route.Parameters)
            {
                Assert.Contains(
                    toRoute,
                    request => request.Parts.Any(part => part.StartsWith(parameter.Name + "=", StringComparison.Ordinal))
                );
            }
        }

        var toRandom = requests.Where(request => request.Route == RouteTable.Random).ToList();
        var standing = toRandom.Count(request =>
            Asked.Read(request.Route, request.Query, "json", OpenEntropy.Fuzz.Checks.Limits.Small, out _) is not null
        );
        Assert.InRange(standing, toRandom.Count / 10, toRandom.Count * 9 / 10);
    }

    [Fact]
    public void All_RoutesOfTheDocumentThatTakeParameters_AreTriedWithThese()
    {
        using var stream = typeof(RequestGeneratorTests).Assembly.GetManifestResourceStream("openapi.json")!;
        using var document = JsonDocument.Parse(stream);

        foreach (var method in new[] { "get", "post" })
        {
            var told = document
                .RootElement.GetProperty("paths")
                .EnumerateObject()
                .Where(path => path.Value.TryGetProperty(method, out var operation) && QueryOf(operation).Any())
                .Where(path => path.Name != "/drills") // what it is asked it does
                .Select(path => $"{path.Name}: {string.Join(' ', QueryOf(path.Value.GetProperty(method)))}");
            var tried = RouteTable
                .All.Where(route => route.Method.Equals(method, StringComparison.OrdinalIgnoreCase) && route.Parameters.Length > 0)
                .Select(route =>
                    $"{route.Path}: {string.Join(' ', route.Parameters.Select(each => each.Name).Order(StringComparer.Ordinal))}"
                );

            Assert.Equal(told.Order(StringComparer.Ordinal), tried.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void All_RoutesOfTheDocumentThatTakeABody_AreTriedWithOne()
    {
        using var stream = typeof(RequestGeneratorTests).Assembly.GetManifestResourceStream("openapi.json")!;
        using var document = JsonDocument.Parse(stream);

        var told = document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .Where(path => path.Value.TryGetProperty("post", out var post) && post.TryGetProperty("requestBody", out _))
            .Select(path => path.Name);

        Assert.Subset(
            RouteTable.All.Where(route => route.MakeBody is not null).Select(route => route.Path).ToHashSet(StringComparer.Ordinal),
            told.ToHashSet(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Make_Bodies_AreRightWrongAndTornAndSomeOverlong()
    {
        var bodies = Enumerable.Range(0, 20 * Many).Select(i => RequestGenerator.Make(1, i).Body).OfType<FuzzBody>().ToList();

        Assert.Contains(bodies, body => body.Content == "[\"red\",\"green\",\"blue\"]");
        Assert.Contains(bodies, body => body.Content.StartsWith("challenge=", StringComparison.Ordinal));
        Assert.Contains(bodies, body => body.Content.Any(c => c > '~'));
        Assert.Contains(bodies, body => body.Content.Length > 65_536);
        Assert.Contains(bodies, body => !body.IsJson);
    }

    [Fact]
    public void Make_Many_EndNoRequestLineEarly() =>
        Assert.All(
            Enumerable.Range(0, Many).Select(i => RequestGenerator.Make(3, i)),
            request => Assert.DoesNotContain(request.Path + request.Query, c => c is '\r' or '\n')
        );

    [Fact]
    public void Run_ParserAlone_FindsNothingAndSaysHowManyStood()
    {
        using var output = new StringWriter();

        Assert.Equal(0, ParserHunt.Run(new FuzzOptions { ParserTries = Many, Seed = 5 }, output));
        Assert.Matches("^3000 query strings for the parser in .* s, [1-9][0-9]* of them accepted", output.ToString());
    }

    [Theory]
    [InlineData("--tries")]
    [InlineData("--tries", "-1")]
    [InlineData("--seed", "x")]
    [InlineData("--connections", "0")]
    [InlineData("--trys", "1")]
    public void Parse_WrongCommandLine_IsRefusedByName(params string[] arguments)
    {
        var exception = Assert.Throws<FormatException>(() => FuzzOptions.Parse(arguments));

        Assert.StartsWith(arguments[0], exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> QueryOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters
                .EnumerateArray()
                .Where(each => each.GetProperty("in").GetString() == "query")
                .Select(each => each.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal)
            : [];

    private static List<string> Lines(ulong seed) => [.. Enumerable.Range(0, Many).Select(i => RequestGenerator.Make(seed, i).ToString())];
}
