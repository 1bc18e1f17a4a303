using OpenEntropy.Benchmarks.Http;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Metrics;

/// <summary>
/// What metrics take of a core at 10,000 requests a second with a scrape every 15 s, every source on: the calls that a request makes, timed alone in
/// processor time, and a scrape's. Beside it, as a check, the service under load with and without a listener to what the web server measures.
/// </summary>
internal static class RecordingCost
{
    private const int RequestsPerSecond = 10_000;
    private const double ScrapeInterval = 15; // seconds, as in deploy/prometheus
    private const int Rounds = 7;
    private const int Recordings = 1_000_000;
    private const int Scrapes = 200;
    private const double Mega = 1e6;
    private const double Giga = 1e9;

    private static readonly Bound s_most = Bound.AtMost(1, "1 %");

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        var recording = TimeRecording();
        var scrape = await TimeScrapeAsync();
        var percent = 100 * ((RequestsPerSecond * recording) + (scrape / ScrapeInterval));
        report.Row("what a request records", $"{recording * Giga:0} ns", "processor time, the calls alone");
        report.Row("a scrape, every source", $"{scrape * 1e3:0.00} ms", "processor time of the service, harvest included");
        report.Judged(
            percent,
            s_most,
            $"metrics at {RequestsPerSecond:#,0} requests/s",
            $"{percent:0.00} % of a core",
            $"with a scrape every {ScrapeInterval:0} s"
        );
        await CompareAsync(report);
    }

    private static double TimeRecording()
    {
        using var request = new RecordedRequest();
        return Median.Of(
            Enumerable
                .Range(0, Rounds + 1)
                .Select(_ =>
                {
                    var spent = Spent.Start();
                    for (var i = 0; i < Recordings; i++)
                    {
                        request.Record();
                    }

                    return spent.ProcessorSeconds / Recordings;
                })
                .ToList()
                .Skip(1) // compiles the code
        );
    }

    private static async Task<double> TimeScrapeAsync()
    {
        using var service = ChildService.StartServer("--sources=all", ScrapeTimes.SmallPool);
        await service.WaitFor200Async(LoadCase.Main.Path);
        await ServicePool.WaitUntilFullAsync(service);
        using var client = new HttpClient();
        await ScrapeAsync();
        var before = service.ProcessorTime;
        await ScrapeAsync();
        return (service.ProcessorTime - before).TotalSeconds / Scrapes;

        async Task ScrapeAsync()
        {
            for (var i = 0; i < Scrapes; i++)
            {
                await client.GetByteArrayAsync(service.Address("/metrics"));
            }
        }
    }

    private static async Task CompareAsync(Report report)
    {
        using var with = ChildService.StartServing(ServeVerb.Name, ScrapeTimes.SmallPool);
        using var without = ChildService.StartServing(ServeVerb.UnmeasuredName, ScrapeTimes.SmallPool);
        foreach (var service in new[] { with, without })
        {
            await service.WaitFor200Async(LoadCase.Main.Path);
            await ServicePool.WaitUntilFullAsync(service);
            await Wrk.RunAsync(service, LoadCase.Main.Path, SideBySide.RoundSeconds); // compiles the code
        }

        var pairs = await Pairs<Load>.MeasureAsync(
            Rounds,
            () => Wrk.RunAsync(with, LoadCase.Main.Path, SideBySide.RoundSeconds),
            () => Wrk.RunAsync(without, LoadCase.Main.Path, SideBySide.RoundSeconds)
        );
        var differences = pairs.Ours.Zip(pairs.Theirs, (a, b) => Microseconds(a) - Microseconds(b)).Order().ToList();
        report.Row(
            "  a request under load, processor time",
            $"{pairs.OursMedian(Microseconds):0.0} µs",
            $"not listened to: {pairs.TheirsMedian(Microseconds):0.0} µs",
            $"{pairs.Ratio(Microseconds):0.00}"
        );
        report.Row(
            "    the difference in each round",
            $"{Median.Of(differences):0.0} µs",
            $"{differences[0]:0.0} to {differences[^1]:0.0} µs"
        );
    }

    private static double Microseconds(Load load) => Mega / load.RequestsPerProcessorSecond;
}
