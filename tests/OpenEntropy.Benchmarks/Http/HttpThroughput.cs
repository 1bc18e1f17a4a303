using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary><c>/api/v1/random</c> against constant bodies of the same size from the same process, and what many connections do to it.</summary>
internal static class HttpThroughput
{
    private const int ManyConnections = 1024;
    private const double Mega = 1e6;

    private static readonly Bound s_allocated = Bound.AtMost(2000, "2 KB");

    // What the predecessor of this service reached on two cores.
    private const double PredecessorRequestsPerSecond = 8;

    /// <summary>Measures every case.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        using var service = ChildService.StartServing(ServeVerb.Name);
        await service.WaitFor200Async(LoadCase.Main.Path);
        await ServicePool.WaitUntilFullAsync(service);
        foreach (var load in LoadCase.All)
        {
            await MeasureAsync(service, load, report);
        }

        var many = await Wrk.RunAsync(service, LoadCase.Main.Path, SideBySide.RoundSeconds, ManyConnections);
        report.Row(
            $"{ManyConnections:#,0} connections",
            $"{many.RequestsPerSecond:#,0} /s",
            $"every answer a success, {many.TimedOut:0} over 2 s",
            target: "no error"
        );
        report.Row("  resident memory after all of this", $"{service.ReadResidentBytes() / Mega:0} MB");
    }

    private static async Task MeasureAsync(ChildService service, LoadCase load, Report report)
    {
        var pairs = await SideBySide.MeasureAsync((service, load.Path), (service, load.ConstantPath));
        report.Print(load.Query, load.ComparedWith, pairs, Bound.AtLeast(load.Least), load.IsStream);
        report.PrintTail(load.ComparedWith, pairs);
        var allocated = await AllocatedRoute.MeasureAsync(service, load.Path, SideBySide.RoundSeconds);
        report.Judged(
            allocated,
            s_allocated,
            "  allocated for a request",
            $"{allocated:#,0} bytes",
            $"{load.ComparedWith} {await AllocatedRoute.MeasureAsync(service, load.ConstantPath, SideBySide.RoundSeconds):#,0} bytes"
        );
        if (load == LoadCase.Main)
        {
            report.Row(
                "  against the predecessor",
                $"{pairs.OursMedian(figures => figures.RequestsPerSecond):#,0} /s",
                $"{PredecessorRequestsPerSecond:0} /s",
                $"{pairs.OursMedian(figures => figures.RequestsPerSecond) / PredecessorRequestsPerSecond:#,0}",
                "at least 1,000"
            );
        }
    }
}
