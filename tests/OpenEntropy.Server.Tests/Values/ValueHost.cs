using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Values;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>An application with the routes of values alone, in memory.</summary>
internal sealed class ValueHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ValueHost(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    /// <summary>Starts it.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="configure">Changes the limits.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public static async Task<ValueHost> StartAsync(EntropyPool pool, Action<RandomnessOptions>? configure = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddOpenApi();
        builder.Services.Configure(configure ?? (_ => { }));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(pool);
        var app = builder.Build();
        app.UseMiddleware<JsonErrors>();
        app.MapOpenApi();
        app.MapValues();
        await app.StartAsync();
        return new ValueHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
