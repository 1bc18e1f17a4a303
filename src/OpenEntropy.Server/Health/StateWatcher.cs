using OpenEntropy.Health;

namespace OpenEntropy.Server.Health;

/// <summary>Logs every change of state, of the whole and of each source. No sample and no output is ever logged.</summary>
/// <param name="pool">The pool.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class StateWatcher(EntropyPool pool, TimeProvider time, ILogger<StateWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly StateTransitions _transitions = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
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

    private void Look()
    {
        var (sources, whole) = _transitions.Observe(pool.Status);
        foreach (var change in sources)
        {
            var level = change.IsFailure ? LogLevel.Warning : LogLevel.Information;
            var before = StateNames<SourceState>.Of(change.Before);
            var after = StateNames<SourceState>.Of(change.After);
            LogSource(logger, level, change.Name, before, after, change.Reason ?? "all tests pass");
        }

        if (whole is not null)
        {
            var level = whole.IsFailure ? LogLevel.Warning : LogLevel.Information;
            var state = StateNames<PoolState>.Of(whole.After);
            LogPool(logger, level, state, whole.Reason ?? "bytes are served");
        }
    }

    [LoggerMessage(Message = "Source {Source}: {Before} -> {After}: {Reason}")]
    private static partial void LogSource(ILogger logger, LogLevel level, string source, string before, string after, string reason);

    [LoggerMessage(Message = "The service is {State}: {Reason}")]
    private static partial void LogPool(ILogger logger, LogLevel level, string state, string reason);
}
