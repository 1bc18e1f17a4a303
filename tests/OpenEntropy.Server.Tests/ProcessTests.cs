using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace OpenEntropy.Server.Tests;

/// <summary>The process as an operator sees it: exit codes, lines on standard error, signals.</summary>
public sealed class ProcessTests
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(2, "--bogus", "Unrecognized command or argument '--bogus'.")]
    [InlineData(
        1,
        "--OpenEntropy:Pool:Capcity=3",
        "OpenEntropy:Pool:Capcity: there is no such key; the nearest is OpenEntropy:Pool:Capacity"
    )]
    [InlineData(1, "--port=65536", "OpenEntropy:Server:Port: '65536' is not a whole number from 0 to 65535")]
    [InlineData(1, "--urls=http://127.0.0.1:x", "urls: 'http://127.0.0.1:x' is not an address")]
    [InlineData(1, "--Kestrel:Endpoints:A:Url=http://nope:x", "Kestrel:Endpoints:A:Url: 'http://nope:x' is not an address")]
    [InlineData(1, "--Serilog:MinimumLevel=Loud", "Serilog: ")]
    [InlineData(
        1,
        "--sources=timing,sleep_jiter",
        "OpenEntropy:Sources:Enabled: 'sleep_jiter' names no noise source and no category; near names: sleep_jitter"
    )]
    [InlineData(
        1,
        "--OpenEntropy:Sources:Enabled=fast,silcon",
        "OpenEntropy:Sources:Enabled: 'silcon' names no noise source and no category; near names: silicon"
    )]
    [InlineData(1, "--sources=*_jiter", "OpenEntropy:Sources:Enabled: '*_jiter' names no noise source and no category")]
    [InlineData(
        1,
        "--OpenEntropy:Sources:Settings:tcp_connect_timing:Target=nowhere",
        "OpenEntropy:Sources:Settings:tcp_connect_timing:Target: \"nowhere\" has no port; write host:port"
    )]
    [InlineData(
        1,
        "--OpenEntropy:Sources:Settings:tcp_connect_timing:Tagret=127.0.0.1:1",
        "OpenEntropy:Sources:Settings:tcp_connect_timing:Tagret: there is no such key; the nearest is OpenEntropy:Sources:Settings:tcp_connect_timing:Target"
    )]
    [InlineData(1, "--host=10.99.99.99 --OpenEntropy:Security:AllowAnonymous=true", "cannot listen on http://10.99.99.99:")]
    [InlineData(1, "--OpenEntropy:Bundles:IdentityPassphrase=tell-nobody", "OpenEntropy:Bundles:IdentityPassphrase: a passphrase has 12")]
    public async Task Start_Refused_SaysWhyAndExitsNonZero(int exitCode, string argument, string line)
    {
        using var service = Start(argument);

        var (error, _, code) = await service.EndAsync();

        Assert.Contains(line, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("tell-nobody", error, StringComparison.Ordinal);
        Assert.Equal(exitCode, code);
    }

    [Fact]
    public async Task Start_UnknownSource_NamesTheKeyInOneLine()
    {
        using var service = Start("--sources=no_such_source");

        var (error, _, code) = await service.EndAsync();

        Assert.StartsWith("OpenEntropy:Sources:Enabled: ", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Start_PortTaken_SaysSoInOneLine()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        using var service = Start($"--port={port}");
        var (error, output, code) = await service.EndAsync();

        Assert.Equal($"http://127.0.0.1:{port} is already in use: choose another with --port", error.Trim());
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Terminate_WhileAnswering_FinishesTheAnswerAndExitsZero()
    {
        const int Length = 32 << 20;
        using var service = Start("--port=0");
        var address = await AddressAsync(service.Process).WaitAsync(Patience);
        using var client = new HttpClient { BaseAddress = address, Timeout = Patience };
        await ReadyAsync(client);

        using var answer = await client.GetAsync(
            new Uri($"/api/v1/random?format=bytes&length={Length}", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead
        );
        using var signal = Process.Start("kill", $"-{Terminate} {service.Process.Id}");
        await signal.WaitForExitAsync();
        var body = await answer.Content.ReadAsByteArrayAsync();
        await service.Process.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(Length, body.Length);
        Assert.Equal(0, service.Process.ExitCode);
    }

    /// <summary>Who never asks for a key does not wait for the algorithms, neither at the start nor later. Linux tells what a process has loaded.</summary>
    [Fact]
    public async Task Start_Ready_HasNotLoadedThePostQuantumAlgorithms()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var service = Start("--port=0");
        var address = await AddressAsync(service.Process).WaitAsync(Patience);
        using var client = new HttpClient { BaseAddress = address, Timeout = Patience };
        await ReadyAsync(client);

        var before = await File.ReadAllTextAsync($"/proc/{service.Process.Id}/maps");
        (await client.GetAsync(new Uri("/api/v1/pqc/identity", UriKind.Relative))).Dispose();
        var after = await File.ReadAllTextAsync($"/proc/{service.Process.Id}/maps");

        Assert.DoesNotContain("OpenEntropy.Pqc.dll", before, StringComparison.Ordinal);
        Assert.Contains("OpenEntropy.Pqc.dll", after, StringComparison.Ordinal);
    }

    private static async Task<Uri> AddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf("http://", StringComparison.Ordinal);
            if (at >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync(); // so that the pipe never fills
                return new Uri(line[at..].Trim());
            }
        }

        throw new InvalidOperationException("the service ended before it listened");
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            if (ready.IsSuccessStatusCode)
            {
                return;
            }
        }
    }

    private static Service Start(string argument) => new(argument);

    /// <summary>The service under test, with a storage directory of its own: however the test ends, neither outlives it.</summary>
    private sealed class Service : IDisposable
    {
        private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

        public Service(string argument)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. argument.Split(' ')])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            start.Environment["OpenEntropy__Storage__Directory"] = _storage.FullName;
            Process = Process.Start(start)!;
        }

        public Process Process { get; }

        /// <summary>What it said and ended with; a start that was not refused is a failure, not a wait for ever.</summary>
        public async Task<(string Error, string Output, int ExitCode)> EndAsync()
        {
            var output = Process.StandardOutput.ReadToEndAsync();
            var error = Process.StandardError.ReadToEndAsync();
            await Process.WaitForExitAsync().WaitAsync(Patience);
            return (await error.WaitAsync(Patience), await output.WaitAsync(Patience), Process.ExitCode);
        }

        public void Dispose()
        {
            Process.Kill(entireProcessTree: true); // nothing happens where it has ended
            Process.WaitForExit();
            Process.Dispose();
            _storage.Delete(recursive: true);
        }
    }
}
