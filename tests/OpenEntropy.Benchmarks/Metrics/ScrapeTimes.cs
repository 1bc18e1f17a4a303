using System.Diagnostics;
using OpenEntropy.Benchmarks.Http;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Metrics;

/// <summary><c>/metrics</c> of the service as shipped with every source on, over one connection that is kept, in turns with <c>/health</c>.</summary>
internal static class ScrapeTimes
{
    /// <summary>A pool that is soon full, also on a busy machine: no figure depends on its size.</summary>
    public const string SmallPool = "--OpenEntropy:Pool:Capacity=64";

    private const int WarmUp = 30;
    private const int Scrapes = 200;
    private const double Kilo = 1e3;

    private static readonly Bound s_longest = Bound.AtMost(5, "5 ms");
    private static readonly Bound s_largest = Bound.AtMost(100, "100 KB");

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        using var service = ChildService.StartServer("--sources=all", SmallPool);
        await service.WaitFor200Async(LoadCase.Main.Path);
        await ServicePool.WaitUntilFullAsync(service);
        using var client = new HttpClient();
        for (var i = 0; i < WarmUp; i++)
        {
            await TimeAsync(client, service.Address("/metrics"));
            await TimeAsync(client, service.Address("/health"));
        }

        var pairs = await Pairs<(double Milliseconds, int Bytes)>.MeasureAsync(
            Scrapes,
            () => TimeAsync(client, service.Address("/metrics")),
            () => TimeAsync(client, service.Address("/health"))
        );
        Print(report, pairs, "median", Median.Of);
        Print(report, pairs, "99 of 100", Tail);
        report.Judged(
            pairs.Ours[^1].Bytes / Kilo,
            s_largest,
            "  its size",
            $"{pairs.Ours[^1].Bytes / Kilo:0.0} KB",
            $"/health {pairs.Theirs[^1].Bytes / Kilo:0.0} KB"
        );
    }

    private static void Print(
        Report report,
        Pairs<(double Milliseconds, int Bytes)> pairs,
        string what,
        Func<IEnumerable<double>, double> pick
    )
    {
        var (ours, theirs) = (pick(pairs.Ours.Select(each => each.Milliseconds)), pick(pairs.Theirs.Select(each => each.Milliseconds)));
        report.Judged(
            ours,
            s_longest,
            $"/metrics, every source, {Scrapes} scrapes, {what}",
            $"{ours:0.00} ms",
            $"/health {theirs:0.00} ms",
            $"{ours / theirs:0.0}"
        );
    }

    private static double Tail(IEnumerable<double> figures) => figures.Order().ElementAt((Scrapes * 99 / 100) - 1);

    // To the last byte, as a scraper waits for it.
    private static async Task<(double Milliseconds, int Bytes)> TimeAsync(HttpClient client, Uri address)
    {
        var start = Stopwatch.GetTimestamp();
        var body = await client.GetByteArrayAsync(address);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, body.Length);
    }
}
