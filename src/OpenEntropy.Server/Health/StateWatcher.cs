using OpenEntropy.Health;
using OpenEntropy.Server.Dashboard;

namespace OpenEntropy.Server.Health;

/// <summary>
/// Logs every change of state, of the whole and of each source, as seen once a second; failures that came and went between two looks are told by
/// their count. No sample and no output is ever logged.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="feed">Is handed the accounts for the live page.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class StateWatcher(EntropyPool pool, StatusFeed feed, TimeProvider time, ILogger<StateWatcher> logger)
    : BackgroundService
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
        var status = pool.Status;
        feed.Add(status);
        var (sources, whole) = _transitions.Observe(status);
        foreach (var change in sources)
        {
            var level = change.IsFailure ? LogLevel.Warning : LogLevel.Information;
            var before = change.Before is { } state ? StateNames<SourceState>.Of(state) : "first look";
            var after = StateNames<SourceState>.Of(change.After);
            var reason = change.Reason ?? "all tests pass";
            if (change.PassedFailures > 0)
            {
                LogPassed(logger, change.Name, change.PassedFailures, after, reason);
            }
            else
            {
                LogSource(logger, level, change.Name, before, after, reason);
            }
        }

        if (whole is not null)
        {
            var level = whole.IsFailure ? LogLevel.Warning : LogLevel.Information;
            var state = StateNames<PoolState>.Of(whole.After);
            LogPool(logger, level, state, whole.Reason ?? "bytes are served");
        }
    }

    [LoggerMessage(Message = "Source {Source}: {Before} -> {After}: {Reason}", EventName = "source_changed")]
    private static partial void LogSource(ILogger logger, LogLevel level, string source, string before, string after, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "Source {Source}: failed {Failures} times meanwhile, now {After}: {Reason}",
        EventName = "source_failed_meanwhile"
    )]
    private static partial void LogPassed(ILogger logger, string source, long failures, string after, string reason);

    [LoggerMessage(Message = "The service is {State}: {Reason}", EventName = "service_changed")]
    private static partial void LogPool(ILogger logger, LogLevel level, string state, string reason);
}
