using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>A service on a port of its own, ready to be watched, whose connections take little at once and whose stop waits for nobody's patience to end.</summary>
public abstract class EventServiceTests : IAsyncLifetime
{
    private protected ServerFactory Factory { get; } =
        new ServerFactory(("OpenEntropy:Server:ShutdownTimeout", "00:05:00")) { SendBuffer = 4096 }.OnKestrel();

    private protected HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync() => Client = await Factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Factory.DisposeAsync();
    }
}
