namespace OpenEntropy.Server.Drills;

/// <summary>What becomes of a drill.</summary>
internal enum DrillEvent
{
    /// <summary>It began.</summary>
    Begun,

    /// <summary>It shows.</summary>
    Shown,

    /// <summary>It ended.</summary>
    Ended,

    /// <summary>All is as before.</summary>
    Cleared,
}

/// <summary>
/// Is told of every drill: the log, and whatever else is to keep a record of acts. Called in the order in which things happen, under the desk's lock, so that it
/// returns soon and asks the desk for nothing.
/// </summary>
internal interface IDrillObserver
{
    /// <summary>Takes note.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="run">To which drill; who asked for it is in it.</param>
    public void Take(DrillEvent what, DrillRun run);

    /// <summary>Waits for what it has yet to note down; asked when the service stops.</summary>
    public Task WaitAsync() => Task.CompletedTask;
}

/// <summary>Logs what becomes of drills.</summary>
/// <param name="logger">The log.</param>
internal sealed partial class DrillLog(ILogger<DrillLog> logger) : IDrillObserver
{
    /// <inheritdoc/>
    public void Take(DrillEvent what, DrillRun run)
    {
        var kind = DrillNames.Of(run.Kind);
        var source = run.Source ?? "none";
        switch (what)
        {
            case DrillEvent.Begun:
                LogBegun(logger, run.Id, kind, source, (run.Ends - run.Began).TotalSeconds, run.Caller.Id);
                break;
            case DrillEvent.Shown:
                LogShown(logger, run.Id, kind, source, run.Shown!.After.TotalSeconds, run.Bound.Seconds);
                break;
            case DrillEvent.Ended:
                LogEnded(logger, run.Id, kind, source, run.EndedBy!);
                break;
            case DrillEvent.Cleared:
                LogCleared(logger, run.Id, kind, source, (run.Cleared!.Value - run.Ended!.Value).TotalSeconds);
                break;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Drill {Drill} begins: {Kind} of source {Source} for {Seconds} s, asked by {Caller}. What fails now fails on purpose",
        EventName = "drill_begun"
    )]
    private static partial void LogBegun(ILogger logger, string drill, string kind, string source, double seconds, string caller);

    [LoggerMessage(
        LogLevel.Information,
        "Drill {Drill} shows: {Kind} of source {Source} after {Seconds} s, {Bound} s being the bound",
        EventName = "drill_shown"
    )]
    private static partial void LogShown(ILogger logger, string drill, string kind, string source, double seconds, double bound);

    [LoggerMessage(
        LogLevel.Information,
        "Drill {Drill} has ended: {Kind} of source {Source}, ended by {Reason}",
        EventName = "drill_ended"
    )]
    private static partial void LogEnded(ILogger logger, string drill, string kind, string source, string reason);

    [LoggerMessage(
        LogLevel.Information,
        "Drill {Drill} is over: {Kind} of source {Source}, all as before {Seconds} s after its end",
        EventName = "drill_cleared"
    )]
    private static partial void LogCleared(ILogger logger, string drill, string kind, string source, double seconds);
}
