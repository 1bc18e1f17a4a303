using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Streaming;

/// <summary>Clients that read no more, over TCP: what the service has drawn for them stands in the pool's accounts. The kernel holds as little as it can.</summary>
public sealed class StreamPressureTests : IAsyncLifetime
{
    private const int KernelBuffer = 4096;
    private const int Read = 10_000;

    // 64 KiB before the web server waits for the connection, the draw it waits with, and what two kernels make of their buffers.
    private const long Held = 256 << 10;

    private readonly ServerFactory _factory = new ServerFactory(("OpenEntropy:Randomness:MaxLength", "4194304"))
    {
        SendBuffer = KernelBuffer,
    }.OnKestrel();
    private HttpClient _client = null!;

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("stream?format=hex")]
    [InlineData("stream?rate=1073741824")]
    [InlineData("random?format=bytes&length=1000000000")]
    [InlineData("random?format=base64&length=1000000000")]
    [InlineData("random?type=hex16&length=65536&size=32")]
    [InlineData("random?type=hex16&length=2048&size=1024&format=lines")]
    [InlineData("random?type=uint8&length=4000000")]
    [InlineData("random?type=uint16&length=2000000&format=lines")]
    [InlineData("random/?type=hex8&length=4096&size=1024")]
    public async Task Get_ClientStopsReading_DrawsNoMoreThanItsConnectionHolds(string route)
    {
        const int Other = 4 << 20;
        using var stalled = new RawClient();
        var before = Drawn();
        await stalled.AskAsync(_client.BaseAddress!, "/api/v1/" + route);
        await stalled.SkipAsync(Read);

        // While it does not read, another reads much.
        Assert.Equal(Other, (await _client.GetByteArrayAsync(new Uri($"/api/v1/stream?length={Other}", UriKind.Relative))).Length);
        Assert.InRange(Drawn() - before, Other, Other + Held);

        // It goes on where it reads again.
        await stalled.SkipAsync(4 * Held);
        Assert.InRange(Drawn() - before, Other + Held, long.MaxValue);
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("stream?format=hex&rate=100000")]
    [InlineData("stream?rate=1")]
    [InlineData("random?format=bytes&length=1000000000")]
    [InlineData("random?type=hex16&length=65536&size=32")]
    [InlineData("random?type=uint8&length=4000000")]
    public async Task Get_ClientGone_DrawsNoMore(string route)
    {
        using (var client = new RawClient())
        {
            await client.AskAsync(_client.BaseAddress!, "/api/v1/" + route);
            await client.SkipAsync(1);
            client.HangUp();
        }

        await ServerFactory.UntilAsync(() => Task.FromResult(_factory.Requests.IsIdle));
        var before = Drawn();
        Assert.Equal(
            12_345,
            (await _client.GetByteArrayAsync(new Uri("/api/v1/random?format=bytes&length=12345", UriKind.Relative))).Length
        );

        Assert.Equal(12_345, Drawn() - before);
        Assert.Empty(_factory.Logs.Errors);
    }

    // For answers: a little is drawn for the live page as well, whoever asks.
    private long Drawn() =>
        _factory.Services.GetRequiredService<ServedBytes>().All.Where(each => each.Quality == "drbg").Sum(each => each.Bytes);
}
