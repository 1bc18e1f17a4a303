using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenEntropy.Noise;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Tests.Faults;
using OpenEntropy.Tests.Scripted;

namespace OpenEntropy.Server.Tests;

/// <summary>The whole service on scripted noise.</summary>
/// <param name="settings">Configuration beside the defaults.</param>
internal sealed class ServerFactory(params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    private const int DisposedBetweenCollections = 32;

    private static int s_disposed;

    /// <summary>Bounds every wait; no expectation depends on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // Asked of a service in the same process, so a few milliseconds are many turns.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);

    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-");

    /// <summary>The sources that earn credit.</summary>
    public IReadOnlyList<ScriptedNoiseSource> Sources { get; init; } = [new("scripted_a"), new("scripted_b"), new("scripted_c")];

    /// <summary>The service's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The kernel's buffer for what a connection sends, bytes, which the kernel doubles; null: as large as the kernel lets it grow.</summary>
    public int? SendBuffer { get; init; }

    /// <summary>What stands in the place of the estimators; null: nothing is assessed.</summary>
    public AssessSamples? Assess { get; init; }

    /// <summary>The file system of the audit log; null: the machine's.</summary>
    public AuditDisk? AuditDisk { get; init; }

    /// <summary>Everything the service logs, at every level.</summary>
    public LogCapture Logs { get; } = new();

    /// <summary>The requests that came in.</summary>
    public RequestCounter Requests { get; } = new();

    /// <summary>A client once the service can serve.</summary>
    public async Task<HttpClient> CreateReadyClientAsync()
    {
        var client = CreateClient();
        await UntilAsync(async () =>
        {
            using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return ready.StatusCode == HttpStatusCode.OK;
        });
        return client;
    }

    /// <summary>Listens on a port of loopback, as Kestrel does outside tests.</summary>
    public ServerFactory OnKestrel()
    {
        UseKestrel();
        return this;
    }

    /// <summary>Asks until a condition holds.</summary>
    /// <param name="condition">Asks through the public door.</param>
    /// <param name="asked">Its text.</param>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string asked = "")
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {asked}");
            await Task.Delay(s_pause, TimeProvider.System); // leaves the processor to what is waited for
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        DeleteStorage();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        DeleteStorage();
    }

    /// <summary>The storage directory.</summary>
    public string Storage => _storage.FullName;

    /// <summary>What the service's own log says so far, where it writes files.</summary>
    public Task<string> ReadLogFilesAsync() => OpenFiles.ReadLogAsync(Storage);

    // What is accepted has the buffers of what listens.
    private static Socket Listen(EndPoint at, int sendBuffer)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(at);
        socket.SendBufferSize = sendBuffer;
        return socket;
    }

    // Each service leaves dozens of threads that have ended. The runtime walks all of those each time that another ends, until they are collected.
    private static void CollectNowAndThen()
    {
        if (Interlocked.Increment(ref s_disposed) % DisposedBetweenCollections == 0)
        {
            GC.Collect();
        }
    }

    private void DeleteStorage()
    {
        CollectNowAndThen();
        // The factory is disposed of twice, and its host may end beside it: what is written last may come while this deletes.
        SpinWait.SpinUntil(TryDeleteStorage, Patience);
    }

    private bool TryDeleteStorage()
    {
        _storage.Refresh();
        if (!_storage.Exists)
        {
            return true;
        }

        try
        {
            _storage.Delete(recursive: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // A source that earns nothing, so that all credit is scripted; the plugged ones are always selected.
        builder.UseSetting("OpenEntropy:Sources:Enabled", "clock_jitter");
        builder.UseSetting("OpenEntropy:Server:Port", "0");
        builder.UseSetting("OpenEntropy:Storage:Directory", _storage.FullName);
        builder.UseSetting("OpenEntropy:Assessment:Enabled", Assess is null ? "false" : "true");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(Time);
            services.AddSingleton<ILoggerProvider>(Logs);
            services.AddSingleton<IStartupFilter>(Requests);
            if (Assess is not null)
            {
                services.AddSingleton(Assess);
            }

            if (AuditDisk is not null)
            {
                services.AddSingleton(AuditDisk);
            }

            if (SendBuffer is { } bytes)
            {
                services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = at => Listen(at, bytes));
            }

            foreach (var source in Sources)
            {
                services.AddSingleton<NoiseSource>(source);
            }
        });
    }
}
