using System.Text.Json;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Start;

/// <summary>Process start until the last of the sources that are healthy in the end has passed its start-up test, with the default selection.</summary>
internal static class ReadyTime
{
    private const int Rounds = 5;
    private static readonly TimeSpan s_watched = TimeSpan.FromSeconds(12);
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

    private static async Task<(double Seconds, int Sources)> WatchAsync()
    {
        using var service = ChildService.StartServer();
        await service.WaitFor200Async("/health/live");
        using var client = new HttpClient();
        var since = new Dictionary<string, double>(StringComparer.Ordinal); // since when each has been healthy without a break
        while (service.Age < s_watched)
        {
            var age = service.Age.TotalSeconds;
            var healthy = await HealthyAsync(client, service.Address("/sources"));
            foreach (var gone in since.Keys.Except(healthy, StringComparer.Ordinal).ToList())
            {
                since.Remove(gone);
            }

            foreach (var name in healthy)
            {
                since.TryAdd(name, age);
            }

            await Task.Delay(s_poll, TimeProvider.System);
        }

        return since.Count == 0 ? throw new MeasurementException("no source became healthy") : (since.Values.Max(), since.Count);
    }

    private static async Task<IReadOnlyList<string>> HealthyAsync(HttpClient client, Uri address)
    {
        await using var body = await client.GetStreamAsync(address);
        using var json = await JsonDocument.ParseAsync(body);
        return
        [
            .. json
                .RootElement.GetProperty("sources")
                .EnumerateArray()
                .Where(source => source.GetProperty("healthy").GetBoolean())
                .Select(source => source.GetProperty("name").GetString()!),
        ];
    }
}
