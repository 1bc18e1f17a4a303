using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>Two services in memory, one with an operator's key and one without, that are asked as if from anywhere.</summary>
public sealed class OperatedServices : IAsyncLifetime
{
    /// <summary>POST routes that act on nothing: they give bytes, values or a judgement, as GET does.</summary>
    private static readonly string[] s_open = ["/", "/pollen", "/api/v1/shuffle", "/api/v1/choice", "/api/v1/pqc/bundles/verify"];

    internal ServerFactory Keyed { get; } = new(("OpenEntropy:Security:OperatorKeyDigest", TestKey.Digest));

    internal ServerFactory Keyless { get; } = new();

    /// <summary>The patterns of the routes that act: all that take another method than GET and HEAD and are not known to be open.</summary>
    public IReadOnlyList<string> Patterns { get; private set; } = [];

    public Task InitializeAsync()
    {
        _ = Keyed.Server;
        _ = Keyless.Server;
        Patterns = [.. PatternsOf(Keyless).Except(s_open, StringComparer.Ordinal)];
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Keyed.DisposeAsync();
        await Keyless.DisposeAsync();
    }

    /// <summary>
    /// Asks each route for what it refuses with another status than 401 and 403 once it was reached: a source that is not there, a format that is none.
    /// </summary>
    public static IEnumerable<string> Paths(IReadOnlyList<string> patterns) =>
        patterns.Select(pattern =>
            pattern
                .Replace("{name}", "nobody", StringComparison.Ordinal)
                .Replace("{source}", "nobody", StringComparison.Ordinal)
                .Replace("{drill}", "nobody", StringComparison.Ordinal)
        );

    /// <summary>Sends a POST to every route that acts.</summary>
    /// <param name="hasKey">To the service with a key.</param>
    /// <param name="peer">Where it comes from; null: a connection without an address.</param>
    /// <param name="host">The Host header.</param>
    /// <param name="headers">Others, as <c>name: value</c>.</param>
    /// <returns>Of all routes the one status, and the challenge.</returns>
    internal async Task<(int Status, string? Challenge)> PostAsync(bool hasKey, string? peer, string host, params string[] headers)
    {
        var answers = new List<(string Path, int Status, string Challenge)>();
        foreach (var path in Paths(Patterns))
        {
            var context = await (hasKey ? Keyed : Keyless).Server.SendAsync(context =>
            {
                context.Request.Method = MethodOf(path);
                context.Request.Scheme = "http";
                context.Request.Path = path;
                context.Request.QueryString = new QueryString(
                    path.EndsWith("/bundles", StringComparison.Ordinal) || path.EndsWith("/self-tests", StringComparison.Ordinal)
                        ? "?format=none"
                        : ""
                );
                context.Request.Host = new HostString(host);
                context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
                foreach (var header in headers)
                {
                    var (name, value) = (header.Split(": ", 2)[0], header.Split(": ", 2)[1]);
                    context.Request.Headers[name] = StringValues.Concat(context.Request.Headers[name], new StringValues(value));
                }
            });
            var status = context.Response.StatusCode;
            answers.Add((path, status is 400 or 404 ? 200 : status, context.Response.Headers.WWWAuthenticate.ToString()));
        }

        Assert.NotEmpty(answers);
        Assert.True(answers.DistinctBy(answer => (answer.Status, answer.Challenge)).Count() == 1, string.Join("; ", answers));
        return (answers[0].Status, answers[0].Challenge.Length == 0 ? null : answers[0].Challenge);
    }

    /// <summary>The method by which a route acts.</summary>
    public static string MethodOf(string pattern) => pattern.StartsWith("/drills/", StringComparison.Ordinal) ? "DELETE" : "POST";

    private static IEnumerable<string> PatternsOf(ServerFactory factory) =>
        factory
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Any(IsNoReading) == true)
            .Select(endpoint => endpoint.RoutePattern.RawText is "/" ? "/" : endpoint.RoutePattern.RawText!.TrimEnd('/'))
            .Distinct(StringComparer.Ordinal);

    private static bool IsNoReading(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);
}
