using System.Text.Json;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Start;

/// <summary>Process start until the last of the sources that are healthy in the end has passed its start-up test, with the default selection.</summary>
internal static class ReadyTime
{
    private const int Rounds = 5;
    private static readonly TimeSpan s_watched = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

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
        report.Row(
            $"start to all fast sources ready, median of {Rounds}",
            $"{Median.Of(rounds.Select(round => round.Seconds)):0.00} s",
            sources,
            "",
            "at most 1.5 s"
        );
        report.Row("start to all fast sources ready, worst", $"{rounds.Max(round => round.Seconds):0.00} s");
    }

    /// <summary>Watches how many are healthy: asking for each by name would cost the service more.</summary>
    private static async Task<(double Seconds, int Sources)> WatchAsync()
    {
        using var service = ChildService.StartServer();
        await service.WaitFor200Async("/health/live");
        using var client = new HttpClient();
        var seen = new List<(double Age, int Healthy)>();
        while (service.Age < s_watched)
        {
            var age = service.Age.TotalSeconds;
            seen.Add((age, await CountHealthyAsync(client, service.Address("/health"))));
            await Task.Delay(s_poll, TimeProvider.System);
        }

        var last = seen[^1].Healthy;
        return last == 0
            ? throw new MeasurementException("no source became healthy")
            : (seen[seen.FindLastIndex(each => each.Healthy < last) + 1].Age, last);
    }

    private static async Task<int> CountHealthyAsync(HttpClient client, Uri address)
    {
        using var answer = await client.GetAsync(address); // 503 before the first seed, with the same body
        await using var body = await answer.Content.ReadAsStreamAsync();
        using var json = await JsonDocument.ParseAsync(body);
        return json.RootElement.GetProperty("sources_healthy").GetInt32();
    }
}
