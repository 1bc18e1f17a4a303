using System.Diagnostics;
using System.Globalization;
using OpenEntropy.Chaos.Clients;
using OpenEntropy.Chaos.Duplicates;
using OpenEntropy.Chaos.Running;

namespace OpenEntropy.Chaos.Trials;

/// <summary>
/// Faults of the machine, one after the other, on a service under load. Every client keeps what it was given; after each fault the service must be able to
/// serve again, without a restart but where it was killed.
/// </summary>
internal sealed class ChaosRun : IDisposable
{
    private const int Takers = 6;
    private const int Minters = 2;
    private const string MintsPerMinute = "--OpenEntropy:Bundles:MintsPerMinute=6000";

    private readonly ChaosOptions _options;
    private readonly TextWriter _output;
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("openentropy-chaos-");
    private readonly BlockShelf _shelf;
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(10) };

    private ChaosRun(ChaosOptions options, TextWriter output)
    {
        (_options, _output) = (options, output);
        _shelf = new BlockShelf(_scratch.FullName);
        Invariants = new Invariants(_shelf);
        Storage = Directory
            .CreateDirectory(
                Path.Combine(_scratch.FullName, "storage"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            )
            .FullName;
    }

    /// <summary>What the clients saw.</summary>
    public Invariants Invariants { get; }

    /// <summary>The storage directory: a file system of its own where the machine allows that.</summary>
    public string Storage { get; }

    /// <summary>How long a fault lasts.</summary>
    public TimeSpan Phase => TimeSpan.FromSeconds(_options.PhaseSeconds);

    /// <summary>How long the service is stopped.</summary>
    public TimeSpan Stop => TimeSpan.FromSeconds(_options.StopSeconds);

    /// <summary>The service at the moment.</summary>
    public ServiceChild Service { get; private set; } = null!;

    /// <summary>Runs all of them.</summary>
    /// <param name="options">How long.</param>
    /// <param name="output">Where to tell.</param>
    public static async Task<bool> RunAsync(ChaosOptions options, TextWriter output)
    {
        using var run = new ChaosRun(options, output);
        return await run.RunAsync();
    }

    /// <summary>Kills the service where it runs, and starts it on the same storage.</summary>
    /// <param name="environment">Variables of its own.</param>
    public async Task RestartAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        Service?.Dispose();
        Service = await ServiceChild.StartAsync(Storage, environment, MintsPerMinute, "--OpenEntropy:Assessment:Enabled=false");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Service?.Dispose();
        _shelf.Dispose();
        _probe.Dispose();
        Faults.Unmount(Storage);
        _scratch.Delete(recursive: true);
    }

    private async Task<bool> RunAsync()
    {
        var noDisk = Faults.Mount(Storage);
        await RestartAsync();
        var load = new LoadClient(() => Service.Address, Invariants);
        using var end = new CancellationTokenSource();
        var clients = Enumerable
            .Range(0, Takers)
            .Select(i => load.TakeAsync(limited: i % 3 == 0, end.Token))
            .Concat(Enumerable.Range(0, Minters).Select(_ => load.MintAsync(end.Token)))
            .ToList();
        await TryAsync("start, and no fault", () => Task.Delay(Phase, TimeProvider.System));
        await TryAsync(
            "threads delayed: twice as many busy threads as cores, the service on one core",
            () => Faults.DelayThreadsAsync(this)
        );
        await TryAsync($"stopped for {_options.StopSeconds} s", () => Faults.StopAsync(this));
        await TryAsync("no descriptor left", () => Faults.ExhaustDescriptorsAsync(this));
        if (noDisk is null)
            await TryAsync("disk full", () => Faults.FillDiskAsync(this));
        else
            await _output.WriteLineAsync($"disk full: left out, {noDisk}");
        if (JumpingClock.WhyNot(_scratch.FullName) is { } noClock)
            await _output.WriteLineAsync($"clock jumped: left out, {noClock}");
        else
            await TryAsync("clock jumped forth by a day and back by two", () => JumpingClock.JumpAsync(this, _scratch.FullName));
        await TryAsync("memory exhausted: a heap of 48 MiB and 64 greedy clients", () => Faults.ExhaustMemoryAsync(this));
        for (var i = 1; i <= 3; i++)
            await TryAsync($"killed while bundles are made, {i} of 3", () => Faults.KillAsync(this));
        await end.CancelAsync();
        await Task.WhenAll(clients);
        return await CloseAsync(load);
    }

    private async Task TryAsync(string name, Func<Task> fault)
    {
        var before = Invariants.Shelf.Count;
        await fault();
        var process = Service.Id;
        var recovered = await Service.ReadyAsync(_probe);
        if (recovered is null)
            Invariants.Break($"no recovery after: {name}");
        var during = Invariants.Shelf.Count - before;
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System); // so that the clients' waits end with what they waited in
        await _output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}\n  recovered in {recovered?.TotalSeconds ?? double.NaN:0.0} s, {during} blocks meanwhile; {ProcessFigures.Of(process)}\n  {Invariants.TakeCounts()}"
            )
        );
    }

    private async Task<bool> CloseAsync(LoadClient load)
    {
        await load.CheckBundlesAsync();
        var keys = Path.Combine(Storage, "keys");
        foreach (var half in Directory.GetFiles(keys, "*.new"))
            Invariants.Break($"a half file is left: {Path.GetFileName(half)}");
        var started = Stopwatch.GetTimestamp();
        foreach (var block in _shelf.FindDuplicates())
            Invariants.Break($"a block came twice: {block}");
        await _output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_shelf.Count} blocks compared in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s; {Invariants.TakeCounts()}"
            )
        );
        foreach (var complaint in Service.Complaints.Take(5))
            await _output.WriteLineAsync($"  the service said: {complaint}");
        foreach (var broken in Invariants.Broken)
            await _output.WriteLineAsync($"BROKEN {broken}");
        return Invariants.Hold;
    }
}
