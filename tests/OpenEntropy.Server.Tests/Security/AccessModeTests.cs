using System.Net;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;
using OpenEntropy.Server.Tests.Dashboard;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>Where reading needs no key, and where everything does.</summary>
public sealed class AccessModeTests
{
    private const string Random = "/api/v1/random?length=8";

    [Fact]
    public async Task Anonymous_UnknownKeys_ArePassedOverAndOursAreNot()
    {
        await using var service = new ServerFactory(
            ("OpenEntropy:Server:Host", "0.0.0.0"),
            ("OpenEntropy:Security:AllowAnonymous", "true")
        );
        var desk = new ApiKeyDesk(service.Storage, TimeProvider.System);
        var (key, text) = await desk.CreateAsync("one", Scopes.Metrics, lasts: null, CancellationToken.None);
        using var client = await service.CreateReadyClientAsync();

        Assert.Equal(200, await AskAsync(service, Random));
        Assert.Equal(200, await AskAsync(service, Random, ("x-api-key", "a key of another service")));
        Assert.Equal(200, await AskAsync(service, Random, ("Authorization", "Bearer of-another-service")));
        // Whoever gives one of ours means it: it is right, or refused.
        Assert.Equal(401, await AskAsync(service, Random, ("x-api-key", text + "x")));
        Assert.Equal(401, await AskAsync(service, Random, ("x-api-key", "oe_")));
        Assert.Equal(403, await AskAsync(service, Random, ("x-api-key", text)));
        Assert.Equal(200, await AskAsync(service, "/metrics", ("x-api-key", text)));
        Assert.Equal(200, await AskAsync(service, "/metrics", ("x-api-key", text), ("Authorization", "Bearer of-another-service")));
        Assert.Equal(401, await AskAsync(service, "POST /sources/nobody/retest", ("x-api-key", "a key of another service")));
        Assert.Contains("AllowAnonymous says so", service.Logs.Text, StringComparison.Ordinal);

        await desk.RevokeAsync(key.Id, CancellationToken.None);
        await ServerFactory.UntilAsync(async () => await AskAsync(service, "/metrics", ("x-api-key", text)) == 401);
        Assert.Equal(200, await AskAsync(service, "/metrics"));
    }

    [Fact]
    public async Task RequireKey_AsksThisMachineToo()
    {
        await using var service = new ServerFactory(
            ("OpenEntropy:Security:RequireKey", "true"),
            ("OpenEntropy:Security:OperatorKeyDigest", TestKey.Digest)
        );
        using var client = await service.CreateReadyClientAsync();
        using var refused = await client.GetAsync(new Uri(Random, UriKind.Relative));
        client.DefaultRequestHeaders.Add("x-api-key", TestKey.Text);
        using var answered = await client.GetAsync(new Uri(Random, UriKind.Relative));
        using var events = await PageEvents.WatchAsync(client);
        var hello = await events.ReadAsync("hello");

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], [refused.StatusCode, answered.StatusCode]);
        Assert.Equal("Bearer realm=\"openentropy\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.True(hello.GetProperty("reading_needs_key").GetBoolean());
        Assert.True(hello.GetProperty("may_operate").GetBoolean());
    }

    private static async Task<int> AskAsync(ServerFactory service, string path, params (string Name, string Value)[] headers)
    {
        var (method, target) = path.Split(' ') is [var given, var rest] ? (given, rest) : ("GET", path);
        var context = await service.Server.SendAsync(context =>
        {
            context.Request.Method = method;
            context.Request.Path = target.Split('?')[0];
            context.Request.QueryString = new QueryString(target.Contains('?') ? "?" + target.Split('?')[1] : "");
            context.Request.Host = new HostString("entropy.example");
            context.Connection.RemoteIpAddress = IPAddress.Parse(KeyedService.Afar);
            foreach (var (name, value) in headers)
            {
                context.Request.Headers[name] = value;
            }
        });
        return context.Response.StatusCode;
    }
}
