using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Tests.Faults;
using Serilog.Events;
using Serilog.Parsing;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>Real connections that take nothing.</summary>
public sealed class EventConnectionTests : EventServiceTests
{
    [Fact]
    public async Task Get_ViewerThatNeverReads_IsDroppedAndHoldsUpNobody()
    {
        var hub = Factory.Services.GetRequiredService<EventHub>();
        using var silent = new RawClient();
        await silent.AskAsync(Client.BaseAddress!, "/events");
        await silent.SkipAsync(1);

        await ServerFactory.UntilAsync(() =>
        {
            LogMuch();
            hub.Leave(hub.TryJoin(new EventText(), () => { })!); // whoever joins has the others sent what is new
            return Task.FromResult(hub.Viewers == 0);
        });

        await silent.SkipAsync(long.MaxValue); // its connection is closed
        using var events = await PageEvents.WatchAsync(Client);
        await events.ReadAsync("sources");
        Assert.Empty(Factory.Logs.Errors);
    }

    [Fact]
    public async Task Get_ServiceStops_NoViewerHoldsItUp()
    {
        using var silent = new RawClient();
        await silent.AskAsync(Client.BaseAddress!, "/events");
        await silent.SkipAsync(1);
        using var events = await PageEvents.WatchAsync(Client);
        await events.ReadAsync("hello");

        Factory.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await Factory.DisposeAsync().AsTask().WaitAsync(ServerFactory.Patience);
        Assert.Empty(Factory.Logs.Errors);
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
            Factory.Services.GetRequiredService<LogTail>().Emit(line);
        }
    }
}
