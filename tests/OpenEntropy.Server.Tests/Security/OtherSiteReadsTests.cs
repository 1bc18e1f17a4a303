using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Security;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>
/// What a page of another site, and one whose name was made to resolve here, finds at a service that asks nobody for a key: bytes of generators, each
/// given once, which are whoever asks for them; and nothing else.
/// </summary>
public sealed class OtherSiteReadsTests(OtherSiteReadsTests.Open open) : IClassFixture<OtherSiteReadsTests.Open>
{
    private const string Listed = "https://listed.example";
    private const string Language = "Accept-Language: en-GB,en;q=0.9";

    private static readonly string[] s_costly =
    [
        "/api/v1/random?conditioning=limited&length=16",
        "/api/v1/random?fresh=true&length=16",
        "/api/v1/random?source=clock_jitter&conditioning=raw&length=16",
        "/api/v1/random?receipt=true&length=16",
        "/api/v1/random?format=bytes&length=2097152",
        "/api/v1/integers?min=1&max=6&conditioning=limited",
        "/api/v1/integers?min=1&max=6&fresh=true",
        "/api/v1/stream",
        "/api/v1/stream?conditioning=limited",
    ];

    private static readonly string[] s_plain =
    [
        "/api/v1/random?length=16",
        "/api/v1/random?format=bytes&length=16",
        "/api/v1/integers?min=1&max=6",
        "/API/jsonI.php?length=4&type=uint8",
        "/health",
        "/health/ready",
    ];

    private static readonly string[][] s_pages =
    [
        ["Host: localhost:8042", "Sec-Fetch-Site: cross-site", Language],
        ["Host: 127.0.0.1:8042", "Sec-Fetch-Site: same-site"],
        ["Host: localhost:8042", "Origin: https://evil.example"],
        ["Host: localhost:8042", "Origin: null"],
        ["Host: evil.example:8042", Language],
        ["Host: evil.example:8042", "Accept-Language: *", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: same-origin"],
        ["Host: evil.example:8042", "Sec-Fetch-Site: same-origin"],
        ["Host: evil.example:8042", "Sec-Fetch-Site: same-origin", "x-api-key: anything"],
    ];

    private static readonly string[][] s_others =
    [
        ["Host: localhost:8042"],
        ["Host: localhost:8042", "Sec-Fetch-Site: same-origin", Language],
        ["Host: 127.0.0.1:8042", "Sec-Fetch-Site: none", Language],
        ["Host: qrng.anu.example"],
        ["Host: entropy:8042", "Accept-Language: *", "Sec-Fetch-Mode: cors"], // Node's fetch
        ["Host: api.quantumnumbers.anu.example", "x-api-key: anything"],
        ["Host: localhost:8042", "Origin: " + Listed, "Sec-Fetch-Site: cross-site", Language],
    ];

    [Fact]
    public async Task Get_WhatTellsOrCosts_IsForbiddenToPagesOfOtherSites()
    {
        var telling = Telling();
        Assert.Contains("/metrics", telling);
        Assert.Contains("/pool/status", telling);
        Assert.Contains("/api/v1/audit/head", telling);
        foreach (var path in telling.Concat(s_costly))
        {
            foreach (var page in s_pages)
            {
                Assert.Equal(
                    (path, string.Join(", ", page), 403),
                    (path, string.Join(", ", page), await AskAsync(path, "127.0.0.1", page))
                );
            }
        }

        foreach (var peer in new[] { null, "::1", "::ffff:127.0.0.1" })
        {
            Assert.Equal(403, await AskAsync("/metrics", peer, s_pages[^2]));
        }
    }

    [Fact]
    public async Task Get_ByOwnPagesProgramsListedOriginsAndWithAKey_IsNotForbidden()
    {
        foreach (var path in Telling().Concat(s_costly).Except(["/events"], StringComparer.Ordinal))
        {
            if (path.StartsWith("/api/v1/stream", StringComparison.Ordinal))
            {
                continue; // without an end
            }

            foreach (var other in s_others)
            {
                Assert.NotEqual(
                    (path, string.Join(", ", other), 403),
                    (path, string.Join(", ", other), await AskAsync(path, "127.0.0.1", other))
                );
            }
        }

        Assert.Equal(200, await AskAsync("/sources", "127.0.0.1", "Host: evil.example", Language, $"x-api-key: {TestKey.Text}"));
    }

    [Fact]
    public async Task Get_BytesOfGenerators_AreForWhoeverAsksByWhateverName()
    {
        foreach (var path in s_plain)
        {
            foreach (var asker in s_pages.Concat(s_others))
            {
                Assert.Equal(
                    (path, string.Join(", ", asker), 200),
                    (path, string.Join(", ", asker), await AskAsync(path, "127.0.0.1", asker))
                );
            }
        }
    }

    // The patterns of all routes that ask for the scope metrics and take GET, with a source that is not there.
    private List<string> Telling() =>
        [
            .. from endpoint in open.Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Contains("GET", StringComparer.Ordinal)
            where endpoint.Metadata.GetMetadata<RequiredScope>()!.AnyOf == Scopes.Metrics
            let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
            select pattern.Replace("{name}", "nobody", StringComparison.Ordinal).Replace("{source}", "nobody", StringComparison.Ordinal),
        ];

    private async Task<int> AskAsync(string path, string? peer, params string[] headers)
    {
        var context = await open.Service.Server.SendAsync(context =>
        {
            context.Request.Method = "GET";
            context.Request.Scheme = "http";
            context.Request.Path = path.Split('?')[0];
            context.Request.QueryString = new QueryString(path.Contains('?', StringComparison.Ordinal) ? "?" + path.Split('?')[1] : "");
            context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
            foreach (var header in headers)
            {
                var (name, value) = (header.Split(": ", 2)[0], header.Split(": ", 2)[1]);
                context.Request.Headers[name] = value;
            }
        });
        return context.Response.StatusCode;
    }

    /// <summary>A service that nobody needs a key for.</summary>
    public sealed class Open : IAsyncLifetime
    {
        internal ServerFactory Service { get; } =
            new(
                ("OpenEntropy:Server:CorsOrigins", Listed),
                ("OpenEntropy:Randomness:AllowRaw", "true"),
                ("OpenEntropy:Security:OperatorKeyDigest", TestKey.Digest)
            );

        public async Task InitializeAsync()
        {
            using var ready = await Service.CreateReadyClientAsync();
        }

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
