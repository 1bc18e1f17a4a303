using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Dialects;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Streaming;
using OpenEntropy.Server.Values;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>An application with the routes of random bytes and values, in memory.</summary>
internal sealed class RandomHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RandomHost(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    /// <summary>Starts it.</summary>
    /// <param name="pool">Null for tests of what is refused before the pool is asked.</param>
    /// <param name="configure">Changes the limits.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public static async Task<RandomHost> StartAsync(
        EntropyPool? pool = null,
        Action<RandomnessOptions>? configure = null,
        TimeProvider? time = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddOpenApi();
        builder.Services.AddRandomness();
        builder.Services.AddDialects();
        builder.Services.Configure(configure ?? (_ => { }));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        if (pool is not null)
        {
            builder.Services.AddSingleton(pool);
        }

        var app = builder.Build();
        app.UseMiddleware<JsonErrors>();
        app.MapOpenApi();
        app.MapRandom();
        app.MapDialects();
        app.MapStream();
        app.MapValues();
        await app.StartAsync();
        return new RandomHost(app);
    }

    /// <summary>Asks it to stop, as a signal to the process would.</summary>
    public void BeginStop() => _app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
