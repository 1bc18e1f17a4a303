using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

/// <summary>The service on Kestrel, once as it is shipped and once with raw samples and small limits.</summary>
public sealed class ListeningServices : IAsyncLifetime
{
    private readonly ServerFactory _shipped = new ServerFactory().OnKestrel();

    private readonly ServerFactory _raw = new ServerFactory(
        ("OpenEntropy:Randomness:AllowRaw", "true"),
        ("OpenEntropy:Randomness:MaxLength", "1000"),
        ("OpenEntropy:Randomness:MaxBytes", "2000"),
        ("OpenEntropy:Randomness:MaxJsonBytes", "2048")
    ).OnKestrel();

    internal Uri Shipped { get; private set; } = null!;

    internal Uri Raw { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        using var shipped = await _shipped.CreateReadyClientAsync();
        using var raw = await _raw.CreateReadyClientAsync();
        (Shipped, Raw) = (shipped.BaseAddress!, raw.BaseAddress!);
    }

    public async Task DisposeAsync()
    {
        await _shipped.DisposeAsync();
        await _raw.DisposeAsync();
    }
}
