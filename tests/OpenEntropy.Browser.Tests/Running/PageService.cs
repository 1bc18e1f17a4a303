using OpenEntropy.Server.Tests;
using OpenEntropy.Tests.Scripted;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>The whole service on scripted noise, listening on a port of loopback as it does outside tests.</summary>
internal sealed class PageService : IAsyncDisposable
{
    // Unavailable on every machine, since no port is configured: what a test sees rests on scripts alone.
    private const string NoneOfTheMachine = "serial_trng";

    private readonly ServerFactory _factory;

    private PageService(ServerFactory factory, HttpClient client)
    {
        _factory = factory;
        Client = client;
    }

    /// <summary>Asks it without a browser.</summary>
    public HttpClient Client { get; }

    /// <summary>The page's address.</summary>
    public Uri Address => Client.BaseAddress!;

    /// <summary>Those of the test, and one that earns no credit.</summary>
    public IReadOnlyList<ScriptedNoiseSource> Sources => _factory.Sources;

    /// <summary>What it logged.</summary>
    public LogCapture Logs => _factory.Logs;

    /// <summary>Starts it and waits until it can serve and every source of the test is healthy.</summary>
    /// <param name="sources">Null: three that never fail.</param>
    /// <param name="time">Null: the system's clock.</param>
    /// <param name="settings">Configuration beside the defaults.</param>
    public static async Task<PageService> StartAsync(
        IReadOnlyList<ScriptedNoiseSource>? sources = null,
        TimeProvider? time = null,
        params (string Key, string Value)[] settings
    )
    {
        var factory = new ServerFactory([
            ("OpenEntropy:Sources:Enabled", NoneOfTheMachine),
            ("OpenEntropy:Pool:Capacity", "64"),
            ("OpenEntropy:Randomness:AllowRaw", "true"),
            .. settings,
        ])
        {
            Sources = [.. sources ?? Three(), new("scripted_nil") { Claim = 0, TestEntropy = 1 }],
            Time = time ?? TimeProvider.System,
        }.OnKestrel();
        try
        {
            var client = await factory.CreateReadyClientAsync();
            foreach (var source in factory.Sources)
            {
                await ServerFactory.UntilAsync(() => IsHealthyAsync(client, source.Info.Name));
            }

            return new PageService(factory, client);
        }
        catch
        {
            await factory.DisposeAsync();
            throw;
        }
    }

    /// <summary>Three sources that never fail.</summary>
    public static ScriptedNoiseSource[] Three() => [new("scripted_a"), new("scripted_b"), new("scripted_c")];

    /// <summary>A source's state, as <c>/sources</c> tells it.</summary>
    /// <param name="name">Its name.</param>
    public Task<string> StateAsync(string name) => StateAsync(Client, name);

    /// <summary>Waits until a source has a state.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="state">The state, as <c>/sources</c> tells it.</param>
    public Task UntilAsync(string name, string state) => ServerFactory.UntilAsync(async () => await StateAsync(name) == state);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
    }

    private static async Task<bool> IsHealthyAsync(HttpClient client, string name) => await StateAsync(client, name) == "healthy";

    private static async Task<string> StateAsync(HttpClient client, string name)
    {
        using var list = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync(new Uri("/sources", UriKind.Relative)));
        return list
            .RootElement.GetProperty("sources")
            .EnumerateArray()
            .Single(source => source.GetProperty("name").GetString() == name)
            .GetProperty("state")
            .GetString()!;
    }
}
