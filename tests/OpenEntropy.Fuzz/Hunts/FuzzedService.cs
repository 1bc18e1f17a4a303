using Microsoft.AspNetCore.Builder;
using OpenEntropy.Fuzz.Checks;
using OpenEntropy.Fuzz.Grammar;
using OpenEntropy.Fuzz.Http;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Fuzz.Hunts;

/// <summary>The whole service in this process, on this machine's noise and on a port of loopback that the system chose.</summary>
internal sealed class FuzzedService : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    // A bundle takes as long as hundreds of other requests.
    private const int MintsPerMinute = 120;

    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-fuzz-");
    private readonly WebApplication _app;

    private FuzzedService(Limits limits)
    {
        string[] arguments =
        [
            "--OpenEntropy:Server:Port=0",
            $"--OpenEntropy:Storage:Directory={_storage.FullName}",
            "--OpenEntropy:Assessment:Enabled=false",
            $"--OpenEntropy:Randomness:MaxLength={limits.MaxLength}",
            $"--OpenEntropy:Randomness:MaxJsonBytes={limits.MaxJsonBytes}",
            $"--OpenEntropy:Randomness:MaxBytes={limits.MaxBytes}",
            $"--OpenEntropy:Randomness:AllowRaw={limits.AllowRaw}",
            $"--OpenEntropy:Bundles:MintsPerMinute={MintsPerMinute}",
            "--Serilog:MinimumLevel=Error",
        ];
        _app = ServerHost.Build(CommandLine.Parse(arguments, out _)!);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts it and waits until it serves.</summary>
    /// <param name="limits">What it is to allow.</param>
    public static async Task<FuzzedService> StartAsync(Limits limits)
    {
        var service = new FuzzedService(limits);
        await service._app.StartAsync();
        var ready = new FuzzRequest(new Route("/health/ready", 1), "GET", "/health/ready", [], []);
        using var limit = new CancellationTokenSource(s_patience);
        using var connection = await RawConnection.OpenAsync(service.Address, limit.Token);
        while (true)
        {
            await connection.SendAsync(ready.ToBytes(), limit.Token);
            if (await connection.ReadAsync(toHead: false, limit.Token) is { Status: 200 })
                return service;
            await Task.Delay(s_pause, TimeProvider.System, limit.Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _storage.Delete(recursive: true);
    }
}
