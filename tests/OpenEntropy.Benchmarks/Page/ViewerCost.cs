using System.Diagnostics;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Page;

/// <summary>What somebody who watches costs the service: its processor time with fifty who read all events, in turns with nobody.</summary>
internal static class ViewerCost
{
    private const int Viewers = 50;
    private const int Rounds = 3;

    private static readonly Bound s_most = Bound.AtMost(0.01, "1 % of a core");
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(3);

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        using var service = ChildService.StartServer("--sources=all");
        await service.WaitFor200Async("/health/ready");
        await ServicePool.WaitUntilFullAsync(service);
        await ShareAsync(service, Viewers); // code under way to be compiled
        var pairs = await Pairs<double>.MeasureAsync(Rounds, () => ShareAsync(service, Viewers), () => ShareAsync(service, viewers: 0));
        var (watched, idle) = (pairs.OursMedian(share => share), pairs.TheirsMedian(share => share));
        report.Row($"{Viewers} who watch, every source on", $"{watched:0.0%} of a core", $"nobody {idle:0.0%}");
        var each = (watched - idle) / Viewers;
        report.Judged(each, s_most, "  each of them", $"{each:0.00%} of a core");
        report.Row("  bytes a second to each of them", $"{await BytesAsync(service) / 1e3:0.0} KB/s");
    }

    private static async Task<double> ShareAsync(ChildService service, int viewers)
    {
        using var stop = new CancellationTokenSource();
        using var client = new HttpClient();
        var watching = Enumerable.Range(0, viewers).Select(_ => WatchAsync(client, service.Address("/events"), stop.Token)).ToList();
        await Task.Delay(s_settle, TimeProvider.System);
        var (start, before) = (Stopwatch.GetTimestamp(), service.ProcessorTime);
        await Task.Delay(s_measured, TimeProvider.System);
        var share = (service.ProcessorTime - before) / Stopwatch.GetElapsedTime(start);
        if (watching.Exists(each => each.IsCompleted))
        {
            throw new MeasurementException("a viewer was refused or dropped");
        }

        await stop.CancelAsync();
        await Task.WhenAll(watching);
        return share;
    }

    private static async Task<double> BytesAsync(ChildService service)
    {
        using var stop = new CancellationTokenSource(s_measured);
        using var client = new HttpClient();
        return await WatchAsync(client, service.Address("/events"), stop.Token) / s_measured.TotalSeconds;
    }

    /// <summary>Reads and forgets until stopped, or dropped.</summary>
    private static async Task<long> WatchAsync(HttpClient client, Uri address, CancellationToken stop)
    {
        var (buffer, all) = (new byte[65_536], 0L);
        try
        {
            await using var events = await client.GetStreamAsync(address, stop);
            for (int read; (read = await events.ReadAsync(buffer, stop)) > 0; )
            {
                all += read;
            }
        }
        catch (OperationCanceledException)
        {
            // as it was asked to
        }
        catch (HttpRequestException exception)
        {
            throw new MeasurementException($"a viewer was refused: {exception.Message}");
        }

        return all;
    }
}
