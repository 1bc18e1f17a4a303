using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Noise;
using OpenEntropy.Server.Metrics;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

/// <summary>Requests as the service itself counts them, and a start that fails.</summary>
public sealed class MetricsStartTests
{
    [Fact]
    public async Task Get_AfterTheFirstSeedAndBeforeTheFirstScrape_IsCountedUnderItsRoute()
    {
        var time = new ManualTimeProvider();
        await using var factory = new ServerFactory { Time = time };
        using var client = await factory.CreateReadyClientAsync();
        time.Advance(TimeSpan.FromSeconds(0.1));
        await ServerFactory.UntilAsync(() => Task.FromResult(CountsRequests(factory.Services)));

        foreach (var path in new[] { "/nowhere", "/sources", "/health", "/swagger/index.html" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        }

        var counts = (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative)))
            .Split('\n')
            .Where(line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal))
            .ToList();
        AssertCounted("none", "404");
        AssertCounted("none", "200");
        AssertCounted("/sources", "200");
        AssertCounted("/health", "200");

        void AssertCounted(string route, string status)
        {
            var line = Assert.Single(
                counts,
                each => each.Contains($"http_route=\"{route}\"", StringComparison.Ordinal) && each.Contains(status)
            );
            Assert.EndsWith("} 1", line, StringComparison.Ordinal);
        }
    }

    /// <summary>As after a start that failed: the container is disposed with the pool, and nobody stops the service.</summary>
    [Fact]
    public async Task ExecuteAsync_ServicesAreGone_EndsWithoutAFault()
    {
        var services = new ServiceCollection().BuildServiceProvider();
        var pool = new EntropyPool(new EntropyPoolOptions { Sources = new SourcesOptions { Enabled = "clock_jitter" } });
        using var start = new MetricsStart(pool, services, TimeProvider.System);
        await services.DisposeAsync();
        await pool.DisposeAsync();
        Assert.NotEqual(PoolState.Starting, pool.Status.State);

        await start.StartAsync(CancellationToken.None);
        await start.ExecuteTask!.WaitAsync(ServerFactory.Patience);

        Assert.True(start.ExecuteTask!.IsCompletedSuccessfully);
    }

    private static bool CountsRequests(IServiceProvider services) =>
        services
            .GetRequiredService<IMeterFactory>()
            .Create(new MeterOptions("Microsoft.AspNetCore.Hosting"))
            .CreateHistogram<double>("http.server.request.duration", "s", "Duration of HTTP server requests.")
            .Enabled;
}
