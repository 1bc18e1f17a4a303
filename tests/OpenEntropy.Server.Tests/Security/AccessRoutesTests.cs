using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Security;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>Every route says what it needs, and docs/access.md says the same.</summary>
public sealed partial class AccessRoutesTests(OperatedServices services) : IClassFixture<OperatedServices>
{
    /// <summary>All that nobody is asked a key for.</summary>
    private static readonly string[] s_open =
    [
        "GET /",
        "GET /api/v1/identity",
        "GET /api/v1/pqc/bundle.schema.json",
        "GET /api/v1/pqc/identity",
        "GET /health",
        "GET /health/live",
        "GET /health/ready",
        "GET /health/startup",
        "GET /openapi/v1.json",
        "GET /page/{**file}",
        "GET /pollen",
        "GET /swagger/{**path}",
    ];

    [Fact]
    public void Routes_All_SayWhatTheyNeedAndFewAreOpen()
    {
        var routes = Routes();

        Assert.All(routes, route => Assert.NotNull(route.Required));
        Assert.Equal(
            s_open,
            routes
                .Where(route => route.Required!.AnyOf == Scopes.None || route.Required.Applies is not null)
                .Select(route => route.Name)
                .Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(
            routes,
            route => !route.Name.StartsWith("GET ", StringComparison.Ordinal) && route.Required!.Applies is not null
        );
    }

    [Fact]
    public void Reference_Routes_NeedWhatItsTableSays()
    {
        var expected = Routes()
            .SelectMany(route =>
                route.Required!.Applies is null
                    ? [$"{route.Name} {Words(route.Required.AnyOf)}"]
                    : new[] { $"{route.Name} {Words(route.Required.AnyOf)}", $"{route.Name} {Words(Scopes.None)}" }
            )
            .Order(StringComparer.Ordinal);

        Assert.Equal(expected, ReadTable().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Unsaid_Route_NeedsWhatFewestHave() => Assert.Equal(Scopes.Operate, RequiredScope.Unsaid.AnyOf);

    private static string Words(Scopes scopes) =>
        scopes == Scopes.None ? "–"
        : scopes == Scopes.All ? "any"
        : string.Join(", ", ScopeNames.Of(scopes));

    private static IEnumerable<string> ReadTable()
    {
        using var reader = new StreamReader(typeof(AccessRoutesTests).Assembly.GetManifestResourceStream("access.md")!);
        while (reader.ReadLine() is { } line && line != "| scope | routes |") { }

        Assert.Equal("|---|---|", reader.ReadLine());
        while (reader.ReadLine() is { } row && row.StartsWith('|'))
        {
            var cells = row.Split('|', StringSplitOptions.TrimEntries);
            foreach (Match route in Code().Matches(cells[2]))
            {
                yield return $"{route.Groups["name"].Value} {cells[1].Replace("`", "", StringComparison.Ordinal)}";
            }
        }
    }

    // The whole of what is mapped; HEAD is GET without the body.
    private List<(string Name, RequiredScope? Required)> Routes() =>
        [
            .. from endpoint in services.Keyless.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            where method != "HEAD"
            select ($"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}", endpoint.Metadata.GetMetadata<RequiredScope>()),
        ];

    [GeneratedRegex("`(?<name>[A-Z]+ [^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
