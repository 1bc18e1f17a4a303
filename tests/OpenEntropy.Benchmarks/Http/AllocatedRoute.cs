using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>How much the serving process has allocated, asked of itself.</summary>
internal static class AllocatedRoute
{
    private const string Path = "/benchmark/allocated";

    /// <summary>Maps the route.</summary>
    /// <param name="app">The application.</param>
    public static void Map(WebApplication app) =>
        app.MapGet(
            Path,
            context => context.Response.WriteAsync(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture))
        );

    /// <summary>Managed bytes that one request costs, connections and the harvest beside it included.</summary>
    /// <param name="service">It was loaded before, so that what is allocated once is.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="seconds">How long.</param>
    public static async Task<double> MeasureAsync(ChildService service, string path, int seconds)
    {
        using var client = service.CreateClient();
        var before = await ReadAsync(client, service);
        var load = await Wrk.RunAsync(service, path, seconds);
        return (await ReadAsync(client, service) - before) / load.Requests;
    }

    private static async Task<double> ReadAsync(HttpClient client, ChildService service) =>
        double.Parse(await client.GetStringAsync(service.Address(Path)), CultureInfo.InvariantCulture);
}
