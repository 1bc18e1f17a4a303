using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Server;
using OpenEntropy.Server.Hosting;
using Xunit;
using ExitCodes = OpenEntropy.Cli.Running.ExitCodes;

namespace OpenEntropy.Cli.Tests.Server;

/// <summary>The service as a command: what it refuses, and how signals end it.</summary>
public sealed class ServerCommandTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("OpenEntropy:Server:Port: '70000' is not a whole number from 0 to 65535", "--port", "70000")]
    [InlineData("OpenEntropy:Server:Host: 'nowhere' is neither", "--host", "nowhere")]
    [InlineData("'clock_jiter' names no noise source and no category; near names: clock_jitter", "--sources", "clock_jiter")]
    [InlineData("OpenEntropy:Pool:Capcity: there is no such key", "--OpenEntropy:Pool:Capcity", "3")]
    [InlineData("OpenEntropy:Pool:Capacity", "--OpenEntropy:Pool:Capacity=many", "--OpenEntropy:Harvest:CpuBudget=7")]
    [InlineData("'--bogus' is no option and no configuration key with a value", "--bogus", "--port", "0")]
    [InlineData("'--OpenEntropy:Pool:Capacity' is no option and no configuration key with a value", "--OpenEntropy:Pool:Capacity")]
    [InlineData("--config: /nowhere.json: there is no such file", "--config", "/nowhere.json")]
    [InlineData("--port and --OpenEntropy:Server:Port are the same setting", "--port", "0", "--OpenEntropy:Server:Port=1")]
    public void Server_Refused_SaysWhyInOneLine(string why, params string[] args)
    {
        var run = RunOf.Program(input: null, ["server", .. args]);

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public void Server_OnAPortThatIsTaken_SaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var run = RunOf.Program(input: null, "server", "--port", $"{port}", "--sources", Machine.Nothing, Storage);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Equal($"openentropy: http://127.0.0.1:{port} is already in use: choose another with --port", run.Error.Trim());
    }

    [Fact]
    public async Task Server_AskedToEnd_EndsWithSuccess()
    {
        using var end = new CancellationTokenSource();
        await end.CancelAsync();
        var console = new CommandConsole(() => Stream.Null, () => Stream.Null, TextWriter.Null, ShowsProgress: false);

        Assert.Equal(
            ExitCodes.Success,
            await OpenEntropyCommand.RunAsync(["server", "--port", "0", "--sources", Machine.Nothing, Storage], console, end.Token)
        );
    }

    /// <summary>Of two that take the same signal each would end the service, and a second signal would end nothing.</summary>
    [Fact]
    public async Task Build_ForThisProgram_LeavesSignalsToIt()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["OpenEntropy:Server:Port"] = "0",
            ["OpenEntropy:Sources:Enabled"] = Machine.Nothing,
            ["OpenEntropy:Storage:Directory"] = _folder.Path("storage"),
        };
        var lifetime = new SignalsElsewhere();

        await using var app = ServerHost.Build(new CommandLine(settings, ConfigurationFile: null), lifetime);

        Assert.Same(lifetime, app.Services.GetRequiredService<IHostLifetime>());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Server_ASignal_EndsTheProcessWithSuccess(string signal)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                "env", // a signal that whoever started the tests ignores would be ignored by the program as well
                [
                    "--default-signal=INT,HUP,TERM",
                    Path.Combine(AppContext.BaseDirectory, "OpenEntropy.Cli"),
                    "server",
                    "--port",
                    "0",
                    "--sources",
                    Machine.Nothing,
                    Storage,
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            var error = process.StandardError.ReadToEndAsync();
            using var patience = new CancellationTokenSource(s_patience);
            string? line;
            do line = await process.StandardOutput.ReadLineAsync(patience.Token);
            while (line is not null && !line.Contains("http://127.0.0.1:", StringComparison.Ordinal));
            Assert.NotNull(line);
            using (var client = new HttpClient { BaseAddress = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim()) })
                Assert.Equal(
                    HttpStatusCode.OK,
                    (await client.GetAsync(new Uri("/health/live", UriKind.Relative), patience.Token)).StatusCode
                );

            var rest = process.StandardOutput.ReadToEndAsync(patience.Token); // so that the pipe never fills
            using var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]);
            await process.WaitForExitAsync(patience.Token);

            Assert.Equal((ExitCodes.Success, ""), (process.ExitCode, await error));
            await rest;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None); // its storage goes next
            }
        }
    }

    private string Storage => $"--OpenEntropy:Storage:Directory={_folder.Path("storage")}";
}
