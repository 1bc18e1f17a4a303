using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

/// <summary>The headers that every answer has, asked of every route that is mapped, by its own methods and by one that it does not take.</summary>
public sealed partial class AnswerHeadersTests
{
    private static readonly string[] s_endless = ["/events", "/api/v1/stream"];

    [Fact]
    public async Task Send_EveryRouteAndMethod_HasTheHeaders()
    {
        await using var factory = new ServerFactory();
        using var client = await factory.CreateReadyClientAsync();
        var routes = factory
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                    .Append("PATCH")
                    .Select(method => (method, Path(endpoint)))
            )
            .Append(("GET", "/no/such/route"))
            .Append(("GET", "/api/v1/random?length=nonsense"))
            .Append(("GET", "/page/no-such-file"))
            .Distinct()
            .ToList();
        Assert.True(routes.Count > 40);

        foreach (var (method, path) in routes)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var asked = $"{method} {path}: {(int)answer.StatusCode}";
            var isPage =
                path == "/" || path.StartsWith("/page/", StringComparison.Ordinal) || path.StartsWith("/swagger", StringComparison.Ordinal);

            AssertHeader(
                answer,
                asked,
                "Cache-Control",
                path.StartsWith("/page/", StringComparison.Ordinal) && answer.IsSuccessStatusCode ? "no-cache" : "no-store"
            );
            AssertHeader(answer, asked, "X-Content-Type-Options", "nosniff");
            AssertHeader(answer, asked, "Referrer-Policy", "no-referrer");
            AssertHeader(answer, asked, "Cross-Origin-Resource-Policy", "same-origin");
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
            Assert.EndsWith("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.True(isPage || policy == "default-src 'none'; frame-ancestors 'none'", asked);
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"), asked); // by plain HTTP
            Assert.False(answer.Headers.Contains("Server"), asked);
        }
    }

    private static void AssertHeader(HttpResponseMessage answer, string asked, string name, string value) =>
        Assert.True(answer.Headers.TryGetValues(name, out var values) && values.SequenceEqual([value]), $"{asked}: {name}");

    // Names of files and sources that there are, so that what is answered is what is meant; endless answers are left after their headers.
    private static string Path(RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        path = path.Replace("{file}", "app.js", StringComparison.Ordinal).Replace("{**path}", "index.html", StringComparison.Ordinal);
        path = Parameter().Replace(path, "scripted_a");
        return s_endless.Contains(path) && path != "/events" ? path + "?rate=1" : path;
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
