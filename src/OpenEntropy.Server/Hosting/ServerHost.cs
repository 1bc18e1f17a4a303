using System.Net.Sockets;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Dialects;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hardening;
using OpenEntropy.Server.Harvest;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Metrics;
using OpenEntropy.Server.Pool;
using OpenEntropy.Server.Proxies;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Receipts;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.SelfTests;
using OpenEntropy.Server.Sources;
using OpenEntropy.Server.Streaming;
using OpenEntropy.Server.Telemetry;
using OpenEntropy.Server.Tls;
using OpenEntropy.Server.Values;

namespace OpenEntropy.Server.Hosting;

/// <summary>The frame the features stand in.</summary>
internal static class ServerHost
{
    /// <summary>Whether ASP.NET Core leaves route, method and status out of the activity of a request that is traced.</summary>
    private const string PlainActivities = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    /// <summary>The whole service, not started. A new feature is a line or two here.</summary>
    /// <param name="commandLine">The command line.</param>
    /// <param name="lifetime">Listens to signals in the host's place; null: the host does.</param>
    /// <exception cref="StartFailedException">The configuration cannot be read or is invalid.</exception>
    public static WebApplication Build(CommandLine commandLine, IHostLifetime? lifetime = null)
    {
        var builder = CreateBuilder(commandLine);
        var settings = ServerSettings.Read(builder.Configuration);
        var access = AccessStart.Read(builder.Configuration, settings, TimeProvider.System.GetUtcNow());
        var deviations = new DeviationBoard();
        ProcessHardening.Apply(settings.Hardening, deviations);
        var pool = EarlyPool.Begin(settings.Pool);
        builder.Services.AddSingleton(deviations);
        settings.AddTo(builder.Services);
        builder.AddServerLogging(settings);
        builder.AddDevelopmentCertificate(settings, TimeProvider.System);
        builder.AddServerKestrel(settings.Server);
        builder.Services.AddAccess(access);
        builder.Services.AddHostedService<BoundAddresses>();
        builder.Services.AddCrossOrigin(settings.Server);
        builder.Services.AddAudit(settings); // first of what runs, and so last to stop
        builder.Services.AddAssessment();
        builder.Services.AddSelfTests(settings.Pool); // before the harvest, so that nothing starts that computes wrongly
        builder.Services.AddHarvest(pool);
        builder.Services.AddDrills();
        builder.Services.AddRandomness();
        builder.Services.AddReceipts();
        builder.Services.AddBundles();
        builder.Services.AddSingleton<SourceSwitch>();
        builder.Services.AddHostedService<StateWatcher>();
        builder.Services.AddSystemdNotifications();
        builder.Services.AddHealth();
        builder.Services.AddEntropyMetrics();
        builder.Services.AddHostedService<OtlpPush>();
        builder.Services.AddDashboard();
        builder.Services.AddDialects();
        builder.Services.AddLimits(settings.HttpLimits);
        builder.Services.AddDocumentation(); // last, since it completes what the others say of themselves
        if (lifetime is not null)
        {
            builder.Services.AddSingleton(lifetime);
        }

        var app = builder.Build();
        app.WarnOfIgnoredAddress(settings.Server, commandLine);
        app.TellDevelopmentCertificate();
        if (settings.Logging.Requests)
        {
            app.UseMiddleware<RequestLog>(); // around all, so that it counts what a refusal writes, too
        }

        app.UseMiddleware<RequestMeter>();
        app.UseTrustedProxies(settings.Proxies);
        app.UseMiddleware<JsonErrors>();
        app.UseKnownHosts();
        app.UseCrossOrigin(settings.Server);
        app.UseAccess();
        app.UseLimits(settings.Limits); // after whatever finds out who asks
        app.MapRandom();
        app.MapDialects();
        app.MapIdentity();
        app.MapBundles();
        app.MapValues();
        app.MapStream();
        app.MapHealth();
        app.MapSources();
        app.MapDrills();
        app.MapSelfTests();
        app.MapAssessments();
        app.MapPool();
        app.MapAudit();
        app.MapMetrics();
        app.MapDashboard();
        app.MapDocumentation();
        return app;
    }

    /// <summary>A builder that holds the configuration and nothing else: the framework's defaults watch files and load providers nobody asked for.</summary>
    /// <param name="commandLine">The command line.</param>
    /// <exception cref="StartFailedException">A configuration file cannot be read.</exception>
    private static WebApplicationBuilder CreateBuilder(CommandLine commandLine)
    {
        AppContext.SetSwitch(PlainActivities, isEnabled: false); // read when the host is made; requests are traced only where Otlp says so
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ServerConfiguration.Fill(builder.Configuration, commandLine);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRoutingCore();
        return builder;
    }

    /// <summary>Runs until asked to stop, finishes the answers under way, stops the harvest and zeroes the pool, in this order.</summary>
    /// <param name="app">The application.</param>
    /// <param name="stop">Asks it to stop, as a signal does where the host listens to signals.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="StartFailedException">The system does not let the process listen where it should.</exception>
    public static async Task<int> RunToEndAsync(this WebApplication app, CancellationToken stop = default)
    {
        // Made now, so that options the engine refuses stop the start and do not wait for the first request.
        _ = app.Services.GetRequiredService<EntropyPool>();
        var harvest = app.Services.GetRequiredService<HarvestState>();
        // Taken now: a start that fails disposes the application.
        var addresses = KestrelEndpoints.Any(app.Configuration) ? null : app.Configuration["urls"];
        try
        {
            await ((IHost)app).RunAsync(stop);
        }
        catch (SocketException exception)
        {
            // Only here is it known which address the system refused.
            throw new StartFailedException(StartFailure.DescribeListening(exception, addresses));
        }

        return harvest.Broken ? ExitCodes.Failure : ExitCodes.Success;
    }
}
