using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Tests.Streaming;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>A writer that knows that its client is gone before the request does: what ends meanwhile, short of its length, is a fault to the web server.</summary>
public sealed class ClientFlushTests : IDisposable
{
    private readonly PipedResponse _response = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _services;

    public ClientFlushTests()
    {
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_time).BuildServiceProvider();
        _response.Context.RequestServices = _services;
    }

    public void Dispose()
    {
        _services.Dispose();
        _response.Dispose();
    }

    [Fact]
    public async Task Send_ClientReads_GoesOn()
    {
        Assert.True(await ClientFlush.SendAsync(_response.Context.Response, new byte[] { 1, 2, 3 }));
        Assert.Equal([1, 2, 3], _response.ReadAvailable());
    }

    [Fact]
    public async Task Send_ClosedBeforeTheRequestKnows_EndsWhenItDoes()
    {
        _response.Close();

        var sent = ClientFlush.SendAsync(_response.Context.Response, new byte[] { 1 }).AsTask();
        Assert.False(sent.IsCompleted);
        _response.HangUp();

        Assert.False(await sent.WaitAsync(ServerFactory.Patience));
        Assert.False(_response.IsAborted);
    }

    [Fact]
    public async Task Send_ClosedAndTheRequestNeverKnows_IsAbortedInTheEnd()
    {
        _response.Close();
        var sent = ClientFlush.SendAsync(_response.Context.Response).AsTask();

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(sent.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(await sent.WaitAsync(ServerFactory.Patience));
        Assert.True(_response.IsAborted);
    }
}
