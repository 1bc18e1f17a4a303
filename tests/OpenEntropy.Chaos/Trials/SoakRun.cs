using System.Diagnostics;
using System.Globalization;
using OpenEntropy.Chaos.Clients;
using OpenEntropy.Chaos.Duplicates;
using OpenEntropy.Chaos.Running;

namespace OpenEntropy.Chaos.Trials;

/// <summary>A mixed load for minutes, and what the service has of the system meanwhile: from the second minute to the last it may grow by no more than the bounds.</summary>
internal static class SoakRun
{
    // Memory may grow by so much from the second minute to the last, MiB, and along the line of least squares each minute by a tenth of it. An assessment of a
    // million samples takes 46 bytes each at its height, and the collector keeps some of that.
    private const double MostMiB = 64;
    private const double MostMiBAssessed = 128;
    private const double MinutesPerBound = 10;
    private const double MostDescriptors = 32;
    private const double MostThreads = 16;

    /// <summary>Runs it.</summary>
    /// <param name="options">How long.</param>
    /// <param name="output">Where to tell.</param>
    public static async Task<bool> RunAsync(ChaosOptions options, TextWriter output)
    {
        var scratch = Directory.CreateTempSubdirectory("openentropy-soak-");
        try
        {
            using var shelf = new BlockShelf(scratch.FullName);
            var invariants = new Invariants(shelf);
            using var service = await ServiceChild.StartAsync(
                Path.Combine(scratch.FullName, "storage"),
                environment: null,
                $"--OpenEntropy:Assessment:Enabled={options.Assessed}"
            );
            using var probe = new HttpClient();
            _ = await service.ReadyAsync(probe) ?? throw new ServiceDoesNotStartException("the service does not become ready");
            using var end = new CancellationTokenSource();
            var load = new MixedLoad(service.Address, invariants);
            var clients = load.Start(end.Token);
            var minutes = await WatchAsync(service.Id, options.Minutes, output, invariants);
            await end.CancelAsync();
            await Task.WhenAll(clients);
            Judge(minutes, options.Assessed ? MostMiBAssessed : MostMiB, invariants);
            foreach (var block in shelf.FindDuplicates())
                invariants.Break($"a block came twice: {block}");
            await output.WriteLineAsync($"{shelf.Count} blocks compared");
            foreach (var broken in invariants.Broken)
                await output.WriteLineAsync($"BROKEN {broken}");
            return invariants.Hold;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<List<ProcessFigures>> WatchAsync(int process, int count, TextWriter output, Invariants invariants)
    {
        var minutes = new List<ProcessFigures>();
        for (var minute = 1; minute <= count; minute++)
        {
            var figures = new List<ProcessFigures>();
            for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1); )
            {
                figures.Add(ProcessFigures.Of(process));
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }

            minutes.Add(ProcessFigures.Median(figures));
            await output.WriteLineAsync($"minute {minute, 2}: {minutes[^1]}; {invariants.TakeCounts()}");
        }

        return minutes;
    }

    private static void Judge(List<ProcessFigures> minutes, double mostMiB, Invariants invariants)
    {
        var (first, last) = (minutes[1], minutes[^1]); // the first minute compiles what is called, and fills what is kept
        var slope = Slope([.. minutes.Skip(1).Select(each => each.ResidentKiB / 1024)]);
        Bound("memory, MiB", (last.ResidentKiB - first.ResidentKiB) / 1024, mostMiB);
        Bound("memory, MiB a minute", slope, mostMiB / MinutesPerBound);
        Bound("descriptors", last.Descriptors - first.Descriptors, MostDescriptors);
        Bound("threads", last.Threads - first.Threads, MostThreads);

        void Bound(string what, double growth, double most)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{what}: grew by {growth:0.00}, at most {most:0.0}");
            Console.Out.WriteLine(text);
            if (growth > most)
                invariants.Break(text);
        }
    }

    private static double Slope(IReadOnlyList<double> values)
    {
        var (middle, mean) = ((values.Count - 1) / 2.0, values.Average());
        var (above, below) = (0.0, 0.0);
        for (var i = 0; i < values.Count; i++)
        {
            above += (i - middle) * (values[i] - mean);
            below += (i - middle) * (i - middle);
        }

        return below == 0 ? 0 : above / below;
    }
}
