using OpenEntropy.Noise;

namespace OpenEntropy.Server.Harvest;

/// <summary>
/// Owns the harvest. The host stops its services in the reverse order of their start: Kestrel first, which finishes its answers, then this one,
/// and the pool is disposed with the container, last.
/// </summary>
/// <param name="pool">The pool to fill.</param>
/// <param name="state">Told when the harvest breaks.</param>
/// <param name="lifetime">Stopped when the harvest breaks.</param>
/// <param name="logger">The log.</param>
internal sealed partial class HarvestService(
    EntropyPool pool,
    HarvestState state,
    IHostApplicationLifetime lifetime,
    ILogger<HarvestService> logger
) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (pool.UnnamedOptIn is { Count: > 0 } unnamed)
        {
            LogUnnamed(logger, string.Join(", ", unnamed), $"{SourcesOptions.Section}:{nameof(SourcesOptions.Enabled)}");
        }

        try
        {
            await pool.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping is the usual way for a harvest to end.
        }
        catch (Exception exception)
        {
            // Sources that fail are the engine's business. What arrives here is a defect, and a service that lives on old seeds would hide it.
            LogBroken(logger, exception);
            state.Broken = true;
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "A glob or all in {Key} switches on what listens, watches or talks to the world: {Sources}",
        EventName = "sources_unnamed"
    )]
    private static partial void LogUnnamed(ILogger logger, string sources, string key);

    [LoggerMessage(LogLevel.Critical, "The harvest broke, so the service stops", EventName = "harvest_broken")]
    private static partial void LogBroken(ILogger logger, Exception exception);
}

/// <summary>How the harvest ended.</summary>
internal sealed class HarvestState
{
    /// <summary>True when it ended by a defect.</summary>
    public bool Broken { get; set; }
}
