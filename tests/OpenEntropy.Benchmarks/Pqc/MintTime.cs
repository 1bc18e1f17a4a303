using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Pqc;

/// <summary>
/// A default bundle (one ML-KEM-768 pair, two signatures) over HTTP from the service as it is shipped, with its file and its line in the ledger on
/// the device, one after the other: what a caller waits for.
/// </summary>
internal static class MintTime
{
    private const int First = 20; // the identity is made and the code compiled meanwhile
    private const int Calls = 200;
    private const double Milli = 1000;

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        using var client = new MintClient();
        using var service = ChildService.StartServer(client.Arguments);
        await service.WaitFor200Async("/health/ready");
        await ServicePool.WaitUntilFullAsync(service);
        var seconds = new List<double>();
        for (var i = 0; i < First + Calls; i++)
        {
            seconds.Add(await client.MintAsync(service));
        }

        var counted = seconds.Skip(First).ToList();
        var median = Median.Of(counted) * Milli;
        report.Judged(
            median,
            Bound.AtMost(50, "50 ms"),
            $"default bundle over HTTP, median of {Calls}",
            $"{median:0.0} ms",
            $"the slowest {counted.Max() * Milli:0} ms, the first {seconds[0] * Milli:0} ms"
        );
    }
}
