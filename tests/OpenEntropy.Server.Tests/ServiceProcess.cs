using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OpenEntropy.Server.Tests;

/// <summary>The built service in a process of its own, on a port of its own; it does not outlive the test.</summary>
internal sealed partial class ServiceProcess : IDisposable
{
    /// <summary>Bounds every wait; no expectation depends on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines;

    private ServiceProcess(Process process, Uri address, ConcurrentQueue<string> lines)
    {
        _process = process;
        _lines = lines;
        Client = new HttpClient { BaseAddress = address, Timeout = Patience };
    }

    public HttpClient Client { get; }

    /// <summary>The process.</summary>
    public int Id => _process.Id;

    /// <summary>What it wrote to standard output so far.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>The program and its arguments.</summary>
    public static IReadOnlyList<string> Command => ["dotnet", typeof(Program).Assembly.Location, "--port=0"];

    /// <summary>Starts it and waits until it can serve.</summary>
    public static async Task<ServiceProcess> StartAsync(string storage) =>
        (await StartAsync(new ProcessStartInfo(Command[0], Command.Skip(1)), storage)).Service;

    /// <summary>Starts it by way of another process, which passes its standard output on, and waits until it can serve.</summary>
    /// <param name="start">The process.</param>
    /// <param name="storage">The storage directory.</param>
    public static async Task<(Process Process, ServiceProcess Service)> StartAsync(ProcessStartInfo start, string storage)
    {
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        start.Environment["OpenEntropy__Storage__Directory"] = storage;
        var process = Process.Start(start)!;
        try
        {
            var lines = new ConcurrentQueue<string>();
            var service = new ServiceProcess(process, await AddressAsync(process, lines).WaitAsync(Patience), lines);
            await service.ReadyAsync();
            return (process, service);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends it as a power cut would: no handler runs (SIGKILL).</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill(); // nothing happens where it has ended
        _process.Dispose();
        Client.Dispose();
    }

    [GeneratedRegex("""http://[^\s"]+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    private static async Task<Uri> AddressAsync(Process process, ConcurrentQueue<string> lines)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (Address().Match(line) is { Success: true } address)
            {
                _ = ReadOnAsync(process, lines); // so that the pipe never fills
                return new Uri(address.Value);
            }
        }

        throw new InvalidOperationException("the service ended before it listened");
    }

    private static async Task ReadOnAsync(Process process, ConcurrentQueue<string> lines)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
        }
    }

    private async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            using var ready = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            if (ready.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(s_pause, TimeProvider.System, limit.Token); // leaves the processor to what is waited for
        }
    }
}
