using System.Net;
using System.Text.Json;
using OpenEntropy.Noise;
using OpenEntropy.Server.Tests.Faults;
using OpenEntropy.Tests.Scripted;

namespace OpenEntropy.Server.Tests.Drills;

/// <summary>A service that may be drilled, on scripted noise and a clock that moves by hand.</summary>
internal sealed class DrilledService : IAsyncDisposable
{
    private DrilledService(ServerFactory factory, HttpClient client) => (Factory, Client) = (factory, client);

    public static ManualTimeProvider NewTime() => new();

    public ServerFactory Factory { get; }

    public HttpClient Client { get; }

    public ManualTimeProvider Time => (ManualTimeProvider)Factory.Time;

    /// <summary>Starts it and waits until every source that is there is healthy.</summary>
    public static async Task<DrilledService> StartAsync(params (string Key, string Value)[] settings)
    {
        var factory = new ServerFactory([
            ("OpenEntropy:Drills:Enabled", "true"),
            ("OpenEntropy:Pool:Capacity", "16"),
            ("OpenEntropy:Harvest:CpuBudget", "0.5"),
            .. settings,
        ])
        {
            Sources =
            [
                new("scripted_a") { Deadline = TimeSpan.FromSeconds(1) },
                new("scripted_b"),
                new("scripted_c"),
                new("scripted_d"),
                new("untested") { Claim = 0, Origin = NoiseOrigin.Counter },
                new("now_and_then") { MayBeSilent = true },
                new("absent") { Unavailable = "there is no /dev/absent" },
            ],
            Time = NewTime(),
        };
        var client = await factory.CreateReadyClientAsync();
        foreach (var name in new[] { "scripted_a", "scripted_b", "scripted_c", "scripted_d", "untested", "now_and_then" })
        {
            await client.UntilStateAsync(name, "healthy");
        }

        return new DrilledService(factory, client);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string query)
    {
        using var answer = await Client.PostAsync(new Uri($"/drills?{query}", UriKind.Relative), content: null);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone());
    }

    /// <summary>Begins a drill.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> BeginAsync(string query)
    {
        var (status, body) = await PostAsync(query);
        return status == HttpStatusCode.Created
            ? body.GetProperty("id").GetString()!
            : throw new InvalidOperationException($"{status}: {body}");
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    public async Task<JsonElement> DrillAsync(string id) => (await Client.JsonAsync($"/drills/{id}")).Body;

    /// <summary>Its entry in the answer of /health; null once it is over.</summary>
    public async Task<JsonElement?> MarkAsync(string id)
    {
        var (_, health) = await Client.JsonAsync("/health");
        foreach (var mark in health.GetProperty("drills").EnumerateArray())
        {
            if (mark.GetProperty("id").GetString() == id)
            {
                return mark;
            }
        }

        return null;
    }

    public Task UntilShownAsync(string id) =>
        ServerFactory.UntilAsync(async () =>
        {
            await DrillAsync(id); // which looks; otherwise the clock would have to move
            return (await MarkAsync(id))?.GetProperty("shown").GetBoolean() == true;
        });

    /// <summary>Waits until it is over.</summary>
    public async Task<JsonElement> UntilClearedAsync(string id)
    {
        await ServerFactory.UntilAsync(async () => (await DrillAsync(id)).Text("state") == "cleared");
        return await DrillAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Factory.DisposeAsync();
    }
}
