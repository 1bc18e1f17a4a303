using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Start;

/// <summary>Process start to the first conditioned byte over HTTP with every fast source on, against a service that answers a constant.</summary>
internal static class StartTime
{
    private const int Rounds = 7;

    /// <summary>Seconds that the start may take, as a median: other work on the machine delays single rounds.</summary>
    internal const double Most = 1.5;

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        var pairs = await Pairs<double>.MeasureAsync(
            Rounds,
            () => TimeAsync(ChildService.StartServer, "/api/v1/random?length=1&type=uint8"),
            () => TimeAsync(() => ChildService.StartVerb(BareService.Name), BareService.Path)
        );
        var median = pairs.OursMedian(seconds => seconds);
        report.Judged(
            median,
            Bound.AtMost(Most, "1.5 s, goal 0.9 s"),
            $"start to first byte, median of {Rounds}",
            $"{median:0.00} s",
            $"bare service, not compiled ahead {pairs.TheirsMedian(seconds => seconds):0.00} s"
        );
        report.Row("start to first byte, worst", $"{pairs.Ours.Max():0.00} s", $"bare service {pairs.Theirs.Max():0.00} s");
    }

    private static async Task<double> TimeAsync(Func<ChildService> start, string path)
    {
        using var service = start();
        return (await service.WaitFor200Async(path)).TotalSeconds;
    }
}
