using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>Random numbers against the same count of bytes from nginx, which serves them from a file.</summary>
internal static class NginxComparison
{
    private const string Nginx = "nginx, static file";

    private static readonly Bound s_least = Bound.AtLeast(0.55, "0.55, goal 0.8");

    /// <summary>Measures the service as it is by default, and with its transport scheduled inline.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        using var nginx = new NginxServer(ConstantRoute.BodyOf(LoadCase.Main));
        await nginx.Service.WaitFor200Async(NginxServer.Path);
        await MeasureAsync(report, nginx, LoadCase.Main.Query);
        await MeasureAsync(report, nginx, "  Server:InlineScheduling=true", "--OpenEntropy:Server:InlineScheduling=true");
    }

    private static async Task MeasureAsync(Report report, NginxServer nginx, string name, params string[] arguments)
    {
        using var service = ChildService.StartServing(ServeVerb.Name, arguments);
        await service.WaitFor200Async(LoadCase.Main.Path);
        await ServicePool.WaitUntilFullAsync(service);
        var pairs = await SideBySide.MeasureAsync((service, LoadCase.Main.Path), (nginx.Service, NginxServer.Path));
        report.Print(name, Nginx, pairs, s_least);
        report.PrintTail(Nginx, pairs);
    }
}
