using System.Net;
using OpenEntropy.Server.Limits;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>Two callers without a key on a pool whose blocks come when the test lets them, and no bound on requests.</summary>
internal sealed class TwoCallers : IAsyncDisposable
{
    /// <summary>Blocks the pool can hold.</summary>
    public const int Capacity = 256;

    private const int Least = 16;

    private TwoCallers(LimitsHost host) => (Host, Greedy, Modest) = (host, host.At("192.0.2.1"), host.At("192.0.2.2"));

    /// <summary>What serves them.</summary>
    public LimitsHost Host { get; }

    /// <summary>The one.</summary>
    public HttpClient Greedy { get; }

    /// <summary>The other.</summary>
    public HttpClient Modest { get; }

    /// <summary>Two, and a few blocks.</summary>
    public static async Task<TwoCallers> StartAsync()
    {
        var host = await LimitsHost.StartAsync(new LimitsOptions { RequestsPerSecond = 0 }, Capacity);
        Assert.True(host.Scripted.HarvestBlocks(Least));
        return new TwoCallers(host);
    }

    /// <summary>Asks for blocks.</summary>
    /// <param name="client">Who.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="timeout">How long it waits for them, seconds.</param>
    public static Task<Told> AskAsync(HttpClient client, int blocks, int timeout = 0) =>
        Told.OfAsync(client, $"/api/v1/random?conditioning=limited&format=lines&type=hex8&size=48&length={blocks}&timeout={timeout}");

    /// <summary>Asks for one block after the other until there is none for it.</summary>
    /// <param name="client">Who.</param>
    /// <returns>How many there were.</returns>
    public static async Task<int> DrainAsync(HttpClient client)
    {
        var blocks = 0;
        while ((await AskAsync(client, 1)).Status == HttpStatusCode.OK)
        {
            blocks++;
        }

        return blocks;
    }

    /// <summary>Lets as many blocks come as the pool can hold.</summary>
    public void Fill() => Assert.True(Host.Scripted.HarvestBlocks(Capacity));

    /// <summary>Lets some come.</summary>
    /// <param name="blocks">How many.</param>
    public void Supply(int blocks)
    {
        var until = Host.Scripted.Pool.Status.BlocksProduced + blocks;
        Assert.True(Host.Scripted.HarvestUntil(() => Host.Scripted.Pool.Status.BlocksProduced >= until));
    }

    public async ValueTask DisposeAsync()
    {
        Greedy.Dispose();
        Modest.Dispose();
        await Host.DisposeAsync();
    }
}
