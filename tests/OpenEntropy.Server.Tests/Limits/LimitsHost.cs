using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenEntropy.Pool;
using OpenEntropy.Server.Dialects;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Streaming;
using OpenEntropy.Server.Values;
using OpenEntropy.Tests.Scripted;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>The routes of random bytes with limits before them, in memory, on a pool whose blocks and clock a test moves. Headers say who asks.</summary>
internal sealed class LimitsHost : IAsyncDisposable
{
    private const string AddressHeader = "x-test-address";
    private const string KeyHeader = "x-test-key";

    private readonly WebApplication _app;

    private LimitsHost(WebApplication app, ScriptedPool scripted) => (_app, Scripted) = (app, scripted);

    public ScriptedPool Scripted { get; }

    public ManualTimeProvider Time => Scripted.Time;

    public static async Task<LimitsHost> StartAsync(LimitsOptions limits, int capacity = 1024)
    {
        var scripted = new ScriptedPool(
            new EntropyPoolOptions { Pool = new SeedPoolOptions { Capacity = capacity } },
            ScriptedPool.TwoLively()
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(scripted.Time);
        builder.Services.AddSingleton(Options.Create(limits));
        builder.Services.AddSingleton(scripted.Pool);
        builder.Services.AddLimits(new HttpLimitsOptions());
        builder.Services.AddRandomness();
        var app = builder.Build();
        app.UseMiddleware<JsonErrors>();
        app.Use(NameCaller);
        app.UseLimits(limits);
        app.MapRandom();
        app.MapStream();
        app.MapValues();
        app.MapDialects();
        await app.StartAsync();
        return new LimitsHost(app, scripted);
    }

    /// <summary>A service of the host.</summary>
    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A client at an address.</summary>
    public HttpClient At(string address) => With(AddressHeader, address);

    /// <summary>A client with a key.</summary>
    public HttpClient WithKey(string id) => With(KeyHeader, id);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Scripted.DisposeAsync();
    }

    private static Task NameCaller(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers[AddressHeader] is [{ } address])
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        }

        if (context.Request.Headers[KeyHeader] is [{ } key])
        {
            context.IsFrom(new Caller(CallerKind.Key, key));
        }

        return next(context);
    }

    private HttpClient With(string header, string value)
    {
        var client = _app.GetTestClient();
        client.DefaultRequestHeaders.Add(header, value);
        return client;
    }
}

/// <summary>An answer as limits are judged by.</summary>
/// <param name="Status">Its status.</param>
/// <param name="RetryAfter">When to ask again, seconds; null for none.</param>
/// <param name="Limit">The most there is.</param>
/// <param name="Remaining">What is left.</param>
/// <param name="Reset">Seconds until all is there again.</param>
/// <param name="Body">The body.</param>
internal sealed record Told(HttpStatusCode Status, double? RetryAfter, string? Limit, string? Remaining, string? Reset, string Body)
{
    /// <summary>The sentence of a refusal.</summary>
    public string Message
    {
        get
        {
            using var body = JsonDocument.Parse(Body);
            return body.RootElement.GetProperty("message").GetString()!;
        }
    }

    public static async Task<Told> OfAsync(HttpClient client, string path, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        using var response = await client.SendAsync(request);
        return new Told(
            response.StatusCode,
            response.Headers.RetryAfter?.Delta?.TotalSeconds,
            Header(response, "RateLimit-Limit"),
            Header(response, "RateLimit-Remaining"),
            Header(response, "RateLimit-Reset"),
            await response.Content.ReadAsStringAsync()
        );
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
