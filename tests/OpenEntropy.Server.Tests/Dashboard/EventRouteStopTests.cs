using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Tests.Security;
using OpenEntropy.Server.Tests.Streaming;
using Serilog;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>How a viewer's answer ends when the service stops, by a clock that moves by hand and a connection that takes 64 KiB.</summary>
public sealed class EventRouteStopTests : IAsyncLifetime
{
    private readonly HubBench _bench = new HubBench().Seeded();
    private readonly Lifetime _lifetime = new();
    private readonly PipedResponse _response = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(TestAccess.Create()).BuildServiceProvider();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _services.DisposeAsync();
        _response.Dispose();
        _lifetime.Dispose();
    }

    [Fact]
    public async Task Stop_ViewerThatReads_EndsWell()
    {
        var answer = AnswerAsync();
        await ServerFactory.UntilAsync(() => Task.FromResult(_response.ReadAvailable().Length > 0));

        _lifetime.StopApplication();

        await answer.WaitAsync(ServerFactory.Patience);
        Assert.Equal((false, 0), (_response.IsAborted, _bench.Hub.Viewers));
    }

    [Fact]
    public async Task Stop_ViewerThatNeverReads_IsCutAfterASecond()
    {
        await using var log = new LoggerConfiguration().WriteTo.Sink(_bench.Get<LogTail>()).CreateLogger();
        LogMuch(log);
        var answer = AnswerAsync();
        for (var i = 0; i < 3; i++)
        {
            LogMuch(log);
            _bench.Tick();
        }

        // No more than may wait was offered, so that it is not dropped; more than the connection takes was sent.
        await ServerFactory.UntilAsync(() => Task.FromResult(_response.Unread >= 65_536));
        Assert.Equal(1, _bench.Hub.Viewers);
        _lifetime.StopApplication();
        _bench.Time.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Equal((false, false), (_response.IsAborted, answer.IsCompleted));

        _bench.Time.Advance(TimeSpan.FromMilliseconds(100));

        await answer.WaitAsync(ServerFactory.Patience);
        Assert.Equal((true, 0), (_response.IsAborted, _bench.Hub.Viewers));
    }

    private static void LogMuch(Serilog.Core.Logger log)
    {
        for (var i = 0; i < 2 * LogEvents.MostBacklogBytes / LogTail.MostCharacters; i++)
        {
            log.Information("{Text:l}", new string('x', LogTail.MostCharacters));
        }
    }

    private Task AnswerAsync()
    {
        _response.Context.RequestServices = _services;
        _response.Context.Request.Method = "GET";
        var options = Options.Create(new RandomnessOptions());
        return new EventRoute(_bench.Hub, _bench.Get<StatusFeed>(), options, _lifetime, _bench.Time).ExecuteAsync(_response.Context);
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
