using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OpenEntropy.Chaos.Running;
using OpenEntropy.Fuzz.Checks;
using OpenEntropy.Fuzz.Grammar;

namespace OpenEntropy.Fuzz.Hunts;

/// <summary>Tries requests on the whole service over real connections, several at once on each.</summary>
/// <param name="options">How many, and from which seed.</param>
/// <param name="client">Asks.</param>
internal sealed class HttpHunt(FuzzOptions options, FuzzClient client)
{
    private const int Pipeline = 16;
    private const int MostKinds = 10;

    // Service and clients share the process: what it has after a tenth of the requests, it should have at their end. Memory beyond that is what a collector
    // that is not pressed leaves lying.
    private const int WarmUpShare = 10;
    private const double MostMiB = 128;
    private const double MostDescriptors = 64;
    private const double MostThreads = 32;

    private readonly ConcurrentDictionary<string, Finding> _findings = new(StringComparer.Ordinal);
    private readonly Tally _tally = new();
    private long _next = options.From;

    /// <summary>Runs the hunt and tells what it found.</summary>
    /// <param name="options">What to try.</param>
    /// <param name="output">Where to.</param>
    /// <returns>The number of findings.</returns>
    public static async Task<int> RunAsync(FuzzOptions options, TextWriter output)
    {
        if (options.Tries == 0)
            return 0;
        var limits = (options.Large ? Limits.Large : Limits.Small) with { AllowRaw = options.Raw };
        await using var service = await FuzzedService.StartAsync(limits);
        return await new HttpHunt(options, new FuzzClient(service.Address, limits)).HuntAsync(output);
    }

    private async Task<int> HuntAsync(TextWriter output)
    {
        var started = Stopwatch.GetTimestamp();
        var grew = await GrowAsync(output);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Tries} requests in {seconds:0.0} s, {options.Tries / seconds:0} a second; {_tally}"
            )
        );
        if (options.Messages)
        {
            foreach (var (message, count) in _tally.Messages)
                await output.WriteLineAsync($"{count, 9} {message}");
        }

        foreach (var finding in _findings.Values)
        {
            var small = await Shrinking.ShrinkAsync(finding, client.FindFaultAsync);
            await output.WriteLineAsync($"FOUND {small.Fault}\n  {small.Request}\n  try {finding.Number}: {finding.Request}");
            await output.WriteLineAsync(
                $"  again: --seed {options.Seed} --from {finding.Number} --tries 1 --parser-tries 0{(options.Raw ? " --raw" : "")}{(options.Large ? " --large" : "")}"
            );
        }

        return _findings.Count + (grew ? 1 : 0);
    }

    private async Task<bool> GrowAsync(TextWriter output)
    {
        await RunToAsync(options.From + (options.Tries / WarmUpShare));
        if (!OperatingSystem.IsLinux())
        {
            await RunToAsync(options.From + options.Tries);
            return false;
        }

        var before = ProcessFigures.Of(Environment.ProcessId);
        await RunToAsync(options.From + options.Tries);
        var after = ProcessFigures.Of(Environment.ProcessId);
        await output.WriteLineAsync($"after a tenth: {before}; at the end: {after}");
        var grew =
            (after.ResidentKiB - before.ResidentKiB) / 1024 > MostMiB
            || after.Descriptors - before.Descriptors > MostDescriptors
            || after.Threads - before.Threads > MostThreads;
        if (grew)
            await output.WriteLineAsync($"FOUND growth beyond {MostMiB} MiB, {MostDescriptors} descriptors or {MostThreads} threads");
        return grew;
    }

    private async Task RunToAsync(long end)
    {
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => Task.Run(() => WorkAsync(end))));
        _next = end;
    }

    private async Task WorkAsync(long end)
    {
        using var session = client.OpenSession(_tally);
        while (_findings.Count < MostKinds)
        {
            var first = Interlocked.Add(ref _next, Pipeline) - Pipeline;
            var count = (int)Math.Min(Pipeline, end - first);
            if (count <= 0)
                return;
            FuzzRequest[] requests = [.. Enumerable.Range(0, count).Select(i => RequestGenerator.Make(options.Seed, first + i))];
            for (var done = 0; done < count; )
                done += await session.ExchangeAsync(
                    requests.AsMemory(done),
                    (i, fault) => Add(new Finding(first + done + i, requests[done + i], fault))
                );
        }
    }

    private void Add(Finding finding) => _findings.TryAdd(finding.Kind, finding);
}
