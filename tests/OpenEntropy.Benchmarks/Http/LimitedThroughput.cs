using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>Entropy-limited numbers against the generator's, from one process that is supplied with seed blocks by a script.</summary>
internal static class LimitedThroughput
{
    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        // One source alone completes no block, and the largest pool lasts between two looks of the supply.
        using var service = ChildService.StartServing(
            ServeVerb.SuppliedName,
            "--sources=clock_jitter",
            "--OpenEntropy:Pool:Capacity=65536"
        );
        await service.WaitFor200Async(LoadCase.Main.Path);
        var limited = $"{LoadCase.Main.Path}&conditioning=limited&timeout=1";
        var pairs = await SideBySide.MeasureAsync((service, limited), (service, LoadCase.Main.Path));
        report.Print($"{LoadCase.Main.Query}, limited", "drbg", pairs, Bound.AtLeast(0.7));
        report.PrintTail("drbg", pairs);
    }
}
