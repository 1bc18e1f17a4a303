using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Tests.Faults;
using Serilog.Events;
using Serilog.Parsing;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>Real connections that take nothing.</summary>
public sealed class EventConnectionTests : IAsyncLifetime
{
    private readonly ServerFactory _factory = new ServerFactory(("OpenEntropy:Server:ShutdownTimeout", "00:05:00"))
    {
        SendBuffer = 4096,
    }.OnKestrel();
    private HttpClient _client = null!;

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Fact]
    public async Task Get_ViewerThatNeverReads_IsDroppedAndHoldsUpNobody()
    {
        var hub = _factory.Services.GetRequiredService<EventHub>();
        using var silent = new RawClient();
        await silent.AskAsync(_client.BaseAddress!, "/events");
        await silent.SkipAsync(1);

        await ServerFactory.UntilAsync(() =>
        {
            LogMuch();
            hub.Leave(hub.TryJoin(new EventText(), () => { })!); // whoever joins has the others sent what is new
            return Task.FromResult(hub.Viewers == 0);
        });

        await silent.SkipAsync(long.MaxValue); // its connection is closed
        using var events = await PageEvents.WatchAsync(_client);
        await events.ReadAsync("sources");
        Assert.Empty(_factory.Logs.Errors);
    }

    [Fact]
    public async Task Get_ServiceStops_NoViewerHoldsItUp()
    {
        using var silent = new RawClient();
        await silent.AskAsync(_client.BaseAddress!, "/events");
        await silent.SkipAsync(1);
        using var events = await PageEvents.WatchAsync(_client);
        await events.ReadAsync("hello");

        _factory.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await _factory.DisposeAsync().AsTask().WaitAsync(ServerFactory.Patience);
        Assert.Empty(_factory.Logs.Errors);
    }

    /// <summary>Logs as much as a viewer is sent at once.</summary>
    private void LogMuch()
    {
        var line = new LogEvent(
            DateTimeOffset.UnixEpoch,
            LogEventLevel.Information,
            exception: null,
            new MessageTemplateParser().Parse(new string('x', LogTail.MostCharacters)),
            []
        );
        for (var i = 0; i < LogEvents.MostNewsBytes / LogTail.MostCharacters; i++)
        {
            _factory.Services.GetRequiredService<LogTail>().Emit(line);
        }
    }
}
