using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OpenEntropy.Chaos.Running;

/// <summary>The service in a process of its own, on a free port of loopback; killed when disposed.</summary>
internal sealed partial class ServiceChild : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ServiceChild(Process process) => _process = process;

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Whether it ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it said that is no information.</summary>
    public IEnumerable<string> Complaints =>
        _lines.Where(line =>
            line.Contains(" ERR", StringComparison.Ordinal)
            || line.Contains(" FTL", StringComparison.Ordinal)
            || line.Contains("nhandled", StringComparison.Ordinal)
        );

    /// <summary>Starts it and waits until it listens, which it does before it can serve.</summary>
    /// <param name="storage">The storage directory.</param>
    /// <param name="environment">Variables beside this process's own.</param>
    /// <param name="arguments">Its arguments beside port and storage.</param>
    /// <exception cref="ServiceDoesNotStartException">It ended, or does not listen.</exception>
    public static async Task<ServiceChild> StartAsync(
        string storage,
        IReadOnlyDictionary<string, string>? environment = null,
        params string[] arguments
    )
    {
        var program = Path.Combine(AppContext.BaseDirectory, "OpenEntropy.Server.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--port=0", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OpenEntropy__Storage__Directory"] = storage;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        var service = new ServiceChild(Process.Start(start)!);
        try
        {
            _ = service.KeepAsync(service._process.StandardError, new TaskCompletionSource<Uri>());
            var listens = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = service.KeepAsync(service._process.StandardOutput, listens);
            service.Address = await listens.Task.WaitAsync(s_patience);
            return service;
        }
        catch (Exception exception) when (exception is TimeoutException or EndOfStreamException)
        {
            service.Dispose();
            throw new ServiceDoesNotStartException($"the service does not listen; it said: {string.Join('\n', service._lines)}");
        }
    }

    /// <summary>Waits until it can serve.</summary>
    /// <param name="client">Asks.</param>
    /// <returns>How long that took; null: it does not within two minutes.</returns>
    public async Task<TimeSpan?> ReadyAsync(HttpClient client)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < s_patience && !HasEnded)
        {
            try
            {
                using var limit = new CancellationTokenSource(s_patience);
                using var answer = await client.GetAsync(new Uri(Address, "health/ready"), limit.Token);
                if (answer.IsSuccessStatusCode)
                    return Stopwatch.GetElapsedTime(started);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // Not yet, or not again yet.
            }

            await Task.Delay(s_pause, TimeProvider.System);
        }

        return null;
    }

    /// <summary>Sends it a signal.</summary>
    /// <param name="signal">As kill takes it: STOP, CONT, KILL.</param>
    public void Signal(string signal) => Tool.Run("kill", $"-{signal}", $"{Id}");

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill(); // nothing happens where it has ended
        _process.Dispose();
    }

    [GeneratedRegex("""http://[^\s"]+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListensAt();

    private async Task KeepAsync(StreamReader reader, TaskCompletionSource<Uri> listens)
    {
        const int Kept = 10_000;
        while (await reader.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
                _lines.TryDequeue(out _);
            if (ListensAt().Match(line) is { Success: true } address)
                listens.TrySetResult(new Uri(address.Value));
        }

        listens.TrySetException(new EndOfStreamException());
    }
}
