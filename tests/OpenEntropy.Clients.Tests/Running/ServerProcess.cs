using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace OpenEntropy.Clients.Tests.Running;

/// <summary>
/// The real program on free ports of loopback, by HTTP and by TLS with its development certificate, with a storage directory of its own.
/// <c>OPENENTROPY_SERVER</c> names another build's <c>OpenEntropy.Server.dll</c>, a published one for instance.
/// </summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ServerProcess(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["OpenEntropy__Storage__Directory"] = _storage.FullName;
        start.Environment["OpenEntropy__Assessment__Enabled"] = "false"; // nothing here asks for it
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
    }

    /// <summary>The program's file.</summary>
    public static string Program =>
        Environment.GetEnvironmentVariable("OPENENTROPY_SERVER") is { Length: > 0 } path
            ? path
            : Path.Combine(AppContext.BaseDirectory, "OpenEntropy.Server.dll");

    /// <summary>Its address by HTTP, without a slash at the end.</summary>
    public string Http { get; private set; } = "";

    /// <summary>Its address by TLS, without a slash at the end.</summary>
    public string Https { get; private set; } = "";

    /// <summary>What clients have to trust.</summary>
    public string Certificate => Path.Combine(_storage.FullName, "tls", "development.pem");

    /// <summary>The lines it logged.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Starts it with its development certificate and waits until it can serve.</summary>
    public static Task<ServerProcess> StartAsync() => StartAsync("--urls=http://127.0.0.1:0;https://127.0.0.1:0", "--dev-certificate");

    /// <summary>Starts it with a certificate of a <see cref="TestAuthority"/> and waits until it can serve.</summary>
    /// <param name="directory">Where the certificate is.</param>
    public static Task<ServerProcess> StartWithCertificateAsync(string directory) =>
        StartAsync(
            "--Kestrel:Endpoints:Plain:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:0",
            $"--Kestrel:Endpoints:Tls:Certificate:Path={Path.Combine(directory, "server.pem")}",
            $"--Kestrel:Endpoints:Tls:Certificate:KeyPath={Path.Combine(directory, "server.key")}"
        );

    private static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        var server = new ServerProcess(arguments);
        try
        {
            await server._listening.Task.WaitAsync(Command.Patience);
            await server.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true); // nothing happens where it has ended
        await _process.WaitForExitAsync();
        _process.Dispose();
        _storage.Delete(recursive: true);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            _listening.TrySetException(new InvalidOperationException($"the service ended:\n{string.Join('\n', _log)}"));
            return;
        }

        _log.Enqueue(line);
        var address = Listening().Match(line).Groups["address"].Value;
        if (address.StartsWith("https:", StringComparison.Ordinal))
        {
            Https = address;
        }
        else if (address.Length > 0)
        {
            Http = address;
        }

        if (Http.Length > 0 && Https.Length > 0)
        {
            _listening.TrySetResult();
        }
    }

    private async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(Command.Patience);
        using var client = new HttpClient { BaseAddress = new Uri(Http) };
        while (true)
        {
            using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            if (ready.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(s_pause, TimeProvider.System, limit.Token); // leaves the processor to what is waited for
        }
    }

    [GeneratedRegex(@"Now listening on: (?<address>https?://\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
