using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Tests.Security;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Dashboard;

/// <summary>The events over a scripted pool, under a clock that moves by hand: nothing happens but what the test does.</summary>
internal sealed class HubBench : IAsyncDisposable
{
    private readonly ScriptedPool _pool = new(
        null,
        new ScriptedNoiseSource("one"),
        new ScriptedNoiseSource("two"),
        new ScriptedNoiseSource("<i>")
    );
    private readonly ServiceProvider _services;

    public HubBench()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_pool.Time);
        services.AddSingleton(_pool.Pool);
        services.AddSingleton<RefusalCounts>();
        services.AddSingleton<IAuditLog, NoAuditLog>();
        services.AddSingleton<LogTail>();
        services.AddSingleton<DrillBoard>();
        services.AddSingleton(new AssessmentHistory(new HistoryFile(Path.Combine(Path.GetTempPath(), "openentropy-none"))));
        services.AddLogging();
        services.AddAccess(TestAccess.Start());
        services.AddDashboard();
        _services = services.BuildServiceProvider();
    }

    public EntropyPool Pool => _pool.Pool;

    public EventHub Hub => Get<EventHub>();

    public ManualTimeProvider Time => _pool.Time;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Harvests until bytes are given.</summary>
    public HubBench Seeded()
    {
        Assert.True(_pool.HarvestBlocks(2));
        return this;
    }

    /// <summary>Lets the timer fire so often.</summary>
    public void Tick(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Time.Advance(EventHub.Interval);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _pool.DisposeAsync();
    }
}
