using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Proxies;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Tests.Proxies;

/// <summary>The rules of proxies and names before an answer that tells what they made of a request.</summary>
internal sealed class ProxiedHost : IAsyncDisposable
{
    private const string Peer = "Test-Peer";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private ProxiedHost(WebApplication app) => (_app, _client) = (app, app.GetTestClient());

    public static async Task<ProxiedHost> StartAsync(ProxyOptions? options = null, string? allowedHosts = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions()); // without the framework's own filter of hosts
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([new(KnownHosts.Key, allowedHosts)]);
        var app = builder.Build();
        app.Use(
            (context, next) =>
            {
                var peer = context.Request.Headers[Peer].ToString();
                context.Request.Headers.Remove(Peer);
                context.Connection.RemoteIpAddress = peer.Length == 0 ? null : IPAddress.Parse(peer);
                return next(context);
            }
        );
        app.UseTrustedProxies(options ?? new ProxyOptions());
        app.UseKnownHosts();
        app.Run(context => context.Response.WriteAsync(Told(context)));
        await app.StartAsync();
        return new ProxiedHost(app);
    }

    /// <summary>Asks.</summary>
    /// <param name="peer">The address the connection comes from; empty: a Unix socket.</param>
    /// <param name="headers">Each as name and value.</param>
    /// <returns>Status and answer.</returns>
    public async Task<(int Status, string Text)> GetAsync(string peer, params string[] headers)
    {
        var path = headers.FirstOrDefault(each => each.StartsWith('/')) ?? "/";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = "localhost";
        foreach (var header in headers.Where(each => !each.StartsWith('/')).Append(peer.Length > 0 ? $"{Peer}: {peer}" : ""))
        {
            if (header.Split(": ", 2) is [var name, var value])
            {
                if (name == "Host")
                {
                    request.Headers.Host = value;
                }
                else
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }
            }
        }

        using var answer = await _client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private static string Told(HttpContext context)
    {
        var caller = context.Caller();
        return $"{caller.Kind} {caller.Id} {context.Request.Scheme}://{context.Request.Host} "
            + $"{(LoopbackRule.WhyNot(context) is null ? "local" : "foreign")} {(SecretPolicy.AllowsClear(context) ? "clear" : "closed")}";
    }
}
