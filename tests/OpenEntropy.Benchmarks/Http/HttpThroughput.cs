using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary><c>/api/v1/random</c> against constant bodies of the same size from the same process.</summary>
internal static class HttpThroughput
{
    private const int Rounds = 5;
    private const int RoundSeconds = 3;
    private const double Mega = 1e6;

    // What the predecessor of this service reached on two cores.
    private const double PredecessorRequestsPerSecond = 8;

    /// <summary>Measures every case.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        using var service = ChildService.StartVerb(ServeVerb.Name, "--port=");
        await service.WaitFor200Async(LoadCase.Main.Path);
        await ServicePool.WaitUntilFullAsync(service);
        foreach (var load in LoadCase.All)
        {
            await MeasureAsync(service, load, report);
        }
    }

    private static async Task MeasureAsync(ChildService service, LoadCase load, Report report)
    {
        await Wrk.RunAsync(service, load.Path, RoundSeconds); // compiles the code
        await Wrk.RunAsync(service, load.ConstantPath, RoundSeconds);
        var pairs = await Pairs<Load>.MeasureAsync(
            Rounds,
            () => Wrk.RunAsync(service, load.Path, RoundSeconds),
            () => Wrk.RunAsync(service, load.ConstantPath, RoundSeconds)
        );
        double Rate(Load figures) => load.IsStream ? figures.BytesPerSecond / Mega : figures.RequestsPerSecond;
        var unit = load.IsStream ? "MB/s" : "/s";
        report.Row(
            load.Query,
            $"{pairs.OursMedian(Rate):#,0} {unit}",
            $"constant body {pairs.TheirsMedian(Rate):#,0} {unit}",
            $"{pairs.Ratio(Rate):0.00}",
            load.Target
        );
        report.Row(
            "  by the service's processor time",
            $"{pairs.OursMedian(figures => figures.RequestsPerProcessorSecond):#,0} /CPU s",
            $"constant body {pairs.TheirsMedian(figures => figures.RequestsPerProcessorSecond):#,0} /CPU s",
            $"{pairs.Ratio(figures => figures.RequestsPerProcessorSecond):0.00}"
        );
        if (load == LoadCase.Main)
        {
            report.Row(
                "  against the predecessor",
                $"{pairs.OursMedian(Rate):#,0} /s",
                $"{PredecessorRequestsPerSecond:0} /s",
                $"{pairs.OursMedian(Rate) / PredecessorRequestsPerSecond:#,0}",
                "at least 1,000"
            );
        }
    }
}
