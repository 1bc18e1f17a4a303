using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>Memory of the service as shipped while 64 connections load it.</summary>
internal static class ResidentMemory
{
    private const int ShortSeconds = 10;
    private const int LongSeconds = 60;
    private const double Mega = 1e6;

    /// <summary>Loads, then reads.</summary>
    /// <param name="report">Where the figure goes.</param>
    public static async Task RunAsync(Report report)
    {
        var seconds = report.IsLong ? LongSeconds : ShortSeconds;
        using var service = ChildService.StartServer();
        await service.WaitFor200Async(LoadCase.Main.Path);
        await Wrk.RunAsync(service, LoadCase.Main.Path, seconds);
        var resident = service.ReadResidentBytes() / Mega;
        report.Judged(
            resident,
            Bound.AtMost(150, "150 MB"),
            $"resident memory after {seconds} s of load",
            $"{resident:0} MB",
            $"{Wrk.Connections} connections, {LoadCase.Main.Query}"
        );
    }
}
