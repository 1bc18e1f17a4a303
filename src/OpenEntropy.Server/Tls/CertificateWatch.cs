using Microsoft.Extensions.Options;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Tls;

/// <summary>
/// Looks at the files of certificates every few seconds and has new connections shown what they hold. It asks, since what is replaced by a link that leads
/// elsewhere, as in a volume of Kubernetes, tells nobody who watches the file. What cannot be used changes nothing, and is told.
/// </summary>
/// <param name="files">The certificates.</param>
/// <param name="served">What clients are shown.</param>
/// <param name="counts">Counts what was loaded and what could not be.</param>
/// <param name="deviations">Tell of what cannot be used.</param>
/// <param name="options">How often.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class CertificateWatch(
    CertificateFiles files,
    ServedCertificates served,
    CertificateCounts counts,
    DeviationBoard deviations,
    IOptions<TlsOptions> options,
    TimeProvider time,
    ILogger<CertificateWatch> logger
) : BackgroundService
{
    /// <summary>Reads the files before anybody is served. What Kestrel cannot read stops the start, by its own message.</summary>
    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var file in files.All)
        {
            if (file.Look(time.GetUtcNow()))
            {
                served.Follow(file);
            }

            Tell(file, before: null);
        }

        return files.All.Count == 0 ? Task.CompletedTask : base.StartAsync(cancellationToken);
    }

    /// <summary>Looks at every file once.</summary>
    internal void Look()
    {
        foreach (var file in files.All)
        {
            Look(file);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ReloadInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private void Look(CertificateFile file)
    {
        var before = file.Problem;
        if (file.Look(time.GetUtcNow()))
        {
            served.Follow(file);
            counts.AddLoaded();
            LogLoaded(logger, file.Key, file.NotAfter!.Value.UtcDateTime);
        }

        Tell(file, before);
    }

    private void Tell(CertificateFile file, string? before)
    {
        if (file.Problem is { } problem && problem != before)
        {
            counts.AddFailed();
            LogUnusable(logger, file.Key, file.Detail is { } detail ? $"{problem}: {detail}" : problem);
        }

        deviations.Set(file.Key, file.Problem is { } told ? $"{file.Key}: {told}, so that the certificate of before is shown on" : null);
    }

    [LoggerMessage(
        LogLevel.Information,
        "{Key}: new connections are shown the certificate that its files hold now, until {End:yyyy-MM-dd}",
        EventName = "certificate_loaded"
    )]
    private static partial void LogLoaded(ILogger logger, string key, DateTime end);

    [LoggerMessage(LogLevel.Error, "{Key}: the certificate of before is shown on, since {Problem}", EventName = "certificate_unusable")]
    private static partial void LogUnusable(ILogger logger, string key, string problem);
}
