using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>A service in memory that asks for keys, and keys of every kind.</summary>
public sealed class KeyedService : IAsyncLifetime
{
    public const string Afar = "192.0.2.7";

    internal ServerFactory Service { get; } = new(("OpenEntropy:Server:Host", "0.0.0.0"), ("OpenEntropy:Randomness:AllowRaw", "true"));

    /// <summary>A good key of each scope, of all, and those that have ended, by name.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var desk = new ApiKeyDesk(Service.Storage, TimeProvider.System);
        foreach (var name in ScopeNames.All)
        {
            Assert.True(ScopeNames.TryRead(name, out var scope));
            keys[name] = (await desk.CreateAsync(name, scope, TimeSpan.FromDays(1), CancellationToken.None)).Text;
        }

        keys["all"] = (await desk.CreateAsync("all", Scopes.All, lasts: null, CancellationToken.None)).Text;
        var revoked = await desk.CreateAsync("revoked", Scopes.All, lasts: null, CancellationToken.None);
        await desk.RevokeAsync(revoked.Key.Id, CancellationToken.None);
        keys["revoked"] = revoked.Text;
        var before = new ManualTimeProvider { WallStep = TimeSpan.FromDays(-3650) };
        keys["expired"] = (
            await new ApiKeyDesk(Service.Storage, before).CreateAsync("expired", Scopes.All, TimeSpan.FromDays(1), CancellationToken.None)
        ).Text;
        Keys = keys;
        using var ready = await Service.CreateReadyClientAsync();
    }

    public async Task DisposeAsync() => await Service.DisposeAsync();

    /// <summary>Asks as if from anywhere.</summary>
    /// <param name="path">The method, unless it is GET, and the path.</param>
    /// <param name="peer">The client's address.</param>
    /// <param name="headers">Others than Host, as <c>name: value</c>; a name in braces in them stands for its key.</param>
    internal async Task<(int Status, string Challenge, string Message)> AskAsync(string path, string peer, params string[] headers)
    {
        var (method, target) = path.Split(' ') is [var given, var rest] ? (given, rest) : ("GET", path);
        var context = await Service.Server.SendAsync(context =>
        {
            context.Request.Method = method;
            context.Request.Scheme = "http";
            context.Request.Path = target.Split('?')[0];
            context.Request.QueryString = new QueryString(target.Contains('?') ? "?" + target.Split('?')[1] : "");
            context.Request.Host = new HostString(peer == Afar ? "entropy.example" : "localhost:8042");
            context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
            foreach (var header in headers)
            {
                var (name, value) = (header.Split(": ", 2)[0], Keys.Aggregate(header.Split(": ", 2)[1], Fill));
                context.Request.Headers[name] = StringValues.Concat(context.Request.Headers[name], new StringValues(value));
            }
        });
        var status = context.Response.StatusCode;
        return (status, context.Response.Headers.WWWAuthenticate.ToString(), status < 400 ? "" : await MessageAsync(context.Response.Body));
    }

    private static string Fill(string text, KeyValuePair<string, string> key) =>
        text.Replace($"{{{key.Key}}}", key.Value, StringComparison.Ordinal);

    private static async Task<string> MessageAsync(Stream body)
    {
        using var json = await JsonDocument.ParseAsync(body);
        return json.RootElement.TryGetProperty("message", out var message) ? message.GetString()! : "";
    }
}
