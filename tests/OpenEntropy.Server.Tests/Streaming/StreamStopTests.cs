using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.Streaming;

/// <summary>A stop of the service ends streams; it would give other answers five minutes.</summary>
public sealed class StreamStopTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?rate=1")]
    [InlineData("?format=hex")]
    public async Task Stop_WhileAClientReads_EndsTheStreamWell(string query)
    {
        var factory = Create();
        await using var disposal = factory;
        using var ready = await factory.CreateReadyClientAsync();
        using var client = new RawClient();
        await client.AskAsync(ready.BaseAddress!, "/api/v1/stream" + query);
        await client.SkipAsync(1);

        var rest = client.ReadToCloseAsync();
        factory.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        // The last chunk (RFC 9112, 7.1), and then the connection's end.
        Assert.EndsWith("0\r\n\r\n", Encoding.Latin1.GetString(await rest), StringComparison.Ordinal);
        await factory.DisposeAsync().AsTask().WaitAsync(ServerFactory.Patience);
        Assert.Empty(factory.Logs.Errors);
    }

    [Theory]
    [InlineData("stream?length=1000000&rate=1")]
    [InlineData("random?format=bytes&length=1000000&rate=1")]
    public async Task Stop_WhileALengthIsOwed_BreaksTheConnectionOff(string answer)
    {
        var factory = Create();
        await using var disposal = factory;
        using var ready = await factory.CreateReadyClientAsync();
        using var client = new RawClient();
        await client.AskAsync(ready.BaseAddress!, $"/api/v1/{answer}");
        await client.SkipAsync(1);
        var brokenOff = factory.Services.GetRequiredService<BrokenOffCounts>();

        factory.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.InRange((await client.ReadToCloseAsync()).Length, 0, 999_999);
        var route = "/api/v1/" + answer.Split('?')[0];
        Assert.Equal(1, brokenOff.Routes.Single(each => each.Route == route).Reasons["stopped"]);
        await factory.DisposeAsync().AsTask().WaitAsync(ServerFactory.Patience);
        Assert.Empty(factory.Logs.ErrorsButBrokenOff);
    }

    [Fact]
    public async Task Stop_WhileAClientDoesNotRead_IsNotHeldUp()
    {
        var factory = Create();
        await using var disposal = factory;
        using var ready = await factory.CreateReadyClientAsync();
        using var client = new RawClient();
        await client.AskAsync(ready.BaseAddress!, "/api/v1/stream");
        await client.SkipAsync(1);

        await factory.DisposeAsync().AsTask().WaitAsync(ServerFactory.Patience);

        Assert.Empty(factory.Logs.Errors);
    }

    private static ServerFactory Create() => new ServerFactory(("OpenEntropy:Server:ShutdownTimeout", "00:05:00")).OnKestrel();
}
