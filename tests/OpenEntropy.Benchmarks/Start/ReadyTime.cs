using System.Text.Json;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Start;

/// <summary>Process start until the last of the sources that are healthy in the end has passed its start-up test, with the default selection.</summary>
internal static class ReadyTime
{
    private const int Rounds = 5;
    private static readonly TimeSpan s_watched = TimeSpan.FromSeconds(5);

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        var rounds = new List<(double Seconds, int Sources)>();
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add(await WatchAsync());
        }

        var sources = $"{rounds.Min(round => round.Sources)} sources at least";
        var median = Median.Of(rounds.Select(round => round.Seconds));
        report.Judged(
            median,
            Bound.AtMost(StartTime.Most, "1.5 s"),
            $"start to all fast sources ready, median of {Rounds}",
            $"{median:0.00} s",
            sources
        );
        report.Row("start to all fast sources ready, worst", $"{rounds.Max(round => round.Seconds):0.00} s");
    }

    /// <summary>Asks once, when all is long over, since when each has been healthy: to ask meanwhile would cost the service more than the rest.</summary>
    private static async Task<(double Seconds, int Sources)> WatchAsync()
    {
        _ = PublishedServer.File;
        var started = TimeProvider.System.GetUtcNow();
        using var service = ChildService.StartServer();
        await service.WaitFor200Async("/health/live");
        await Task.Delay(s_watched, TimeProvider.System);
        using var client = new HttpClient();
        await using var body = await client.GetStreamAsync(service.Address("/sources"));
        using var json = await JsonDocument.ParseAsync(body);
        var sources = json.RootElement.GetProperty("sources").EnumerateArray().ToList();
        var late = sources.Where(source => source.GetProperty("state").GetString() is "starting" or "failed").Select(Name).ToList();
        if (late.Count > 0)
            throw new MeasurementException($"not ready after {s_watched.TotalSeconds} s: {string.Join(", ", late)}");
        var slow = sources
            .Where(source => source.GetProperty("reason").GetString()?.StartsWith("not selected:", StringComparison.Ordinal) == true)
            .Select(Name)
            .ToList();
        if (slow.Count > 0)
            Console.WriteLine($"  turned out to be slow, and so not among those: {string.Join(", ", slow)}");
        var healthy = sources
            .Where(source => source.GetProperty("healthy").GetBoolean())
            .Select(source => (source.GetProperty("since").GetDateTimeOffset() - started).TotalSeconds)
            .ToList();
        return healthy.Count == 0 ? throw new MeasurementException("no source became healthy") : (healthy.Max(), healthy.Count);
    }

    private static string Name(JsonElement source) => source.GetProperty("name").GetString()!;
}
