using System.Runtime.InteropServices;
using Serilog.Core;
using Serilog.Events;

namespace OpenEntropy.Server.Hosting;

/// <summary>
/// Lets the first lines of each kind of event through in each minute and tells of the rest by their count, so that what repeats fills no disk and hides
/// nothing else. A minute begins with the first event after the last one ended. Not limited is what an operator asked for line by line: the request log, and
/// what others than the service say below warnings.
/// </summary>
internal sealed partial class RepeatLimit : ILogEventFilter, IHostedService, IDisposable
{
    /// <summary>After which all counts begin anew.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Kinds told apart in one minute; those beyond share a count for each level.</summary>
    public const int MaximumKinds = 2048;

    private const string OurCategories = "OpenEntropy";

    private static readonly string s_own = typeof(RepeatLimit).FullName!;
    private static readonly string s_requests = typeof(RequestLog).FullName!;

    private readonly Lock _lock = new();
    private readonly int _perMinute;
    private readonly ITimer _end;
    private Dictionary<EventKind, Tally> _tallies = [];
    private Microsoft.Extensions.Logging.ILogger? _log;

    /// <summary>A limit.</summary>
    /// <param name="perMinute">Lines of one kind in a minute, at least 1.</param>
    /// <param name="time">The clock.</param>
    public RepeatLimit(int perMinute, TimeProvider time)
    {
        _perMinute = perMinute;
        _end = time.CreateTimer(_ => Tell(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Names the log that is told of what was left out.</summary>
    /// <param name="provider">Of the log that this filter belongs to.</param>
    public void TellTo(ILoggerProvider provider) => _log = provider.CreateLogger(s_own);

    /// <summary>Whether an event is written.</summary>
    /// <param name="logEvent">The event.</param>
    public bool IsEnabled(LogEvent logEvent)
    {
        if (!IsLimited(logEvent))
        {
            return true;
        }

        var kind = EventKind.Of(logEvent);
        lock (_lock)
        {
            return Count_NeedsLock(kind, logEvent.Level);
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tells of what was left out so far.</summary>
    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Tell();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();

    private static bool IsLimited(LogEvent logEvent)
    {
        var category = EventKind.CategoryOf(logEvent);
        return category?.StartsWith(OurCategories, StringComparison.Ordinal) == true
            ? category != s_own && category != s_requests
            : logEvent.Level >= LogEventLevel.Warning;
    }

    private bool Count_NeedsLock(EventKind kind, LogEventLevel level)
    {
        if (_tallies.Count == 0)
        {
            _end.Change(Window, Timeout.InfiniteTimeSpan);
        }

        if (_tallies.Count >= MaximumKinds && !_tallies.ContainsKey(kind))
        {
            kind = new EventKind("", "lines of further kinds", $"level {level}");
        }

        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_tallies, kind, out _);
        if (tally.Written < _perMinute)
        {
            tally.Written++;
            return true;
        }

        tally.LeftOut++;
        tally.Worst = tally.Worst > level ? tally.Worst : level;
        return false;
    }

    private void Tell()
    {
        Dictionary<EventKind, Tally> ended;
        lock (_lock)
        {
            ended = _tallies;
            _tallies = [];
        }

        foreach (var (kind, tally) in ended)
        {
            if (tally.LeftOut > 0 && _log is not null)
            {
                LogLeftOut(_log, (LogLevel)tally.Worst, tally.LeftOut, kind.Name, kind.Source ?? kind.Category);
            }
        }
    }

    [LoggerMessage("{Count} more {Name} of {Origin} were left out within a minute", EventName = "events_left_out")]
    private static partial void LogLeftOut(
        Microsoft.Extensions.Logging.ILogger logger,
        LogLevel level,
        long count,
        string name,
        string origin
    );

    private record struct Tally(int Written, long LeftOut, LogEventLevel Worst);
}
