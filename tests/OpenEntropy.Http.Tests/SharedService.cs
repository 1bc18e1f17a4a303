using OpenEntropy.Server.Tests;
using Xunit;

namespace OpenEntropy.Http.Tests;

/// <summary>The service on scripted noise, listening as it does outside tests, started once.</summary>
public sealed class SharedService : IAsyncLifetime
{
    private readonly ServerFactory _factory = new ServerFactory(("OpenEntropy:Randomness:AllowRaw", "true")).OnKestrel();

    // Enough for what the tests of a class take in all, so that none is refused where the machine is busy with something else.
    private const int Blocks = 64;

    private HttpClient? _http;

    /// <summary>A client of it.</summary>
    public OpenEntropyClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _http = await _factory.CreateReadyClientAsync();
        Client = new OpenEntropyClient(_http, new OpenEntropyClientOptions { MaximumRetryWait = TimeSpan.FromSeconds(30) });
        await ServerFactory.UntilAsync(async () => (await Client.GetPoolAsync()).BlocksAvailable >= Blocks);
    }

    public async Task DisposeAsync()
    {
        _http?.Dispose();
        await _factory.DisposeAsync();
    }
}
