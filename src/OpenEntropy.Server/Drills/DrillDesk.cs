using OpenEntropy.Drills;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.SelfTests;

namespace OpenEntropy.Server.Drills;

/// <summary>
/// Begins drills and ends them: when their time is over, when an operator asks, and when the service stops. Whoever asked for one may be gone. Nothing of it is
/// written down, so that no start begins with one. Times are counted by the monotonic clock: a wall clock that is set neither lengthens a drill nor ends it.
/// </summary>
internal sealed partial class DrillDesk : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly EntropyPool _pool;
    private readonly SelfTestDesk _selfTests;
    private readonly DrillBoard _board;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<IDrillObserver> _observers;
    private readonly ITimer _timer;
    private long _last;
    private bool _stopped;

    /// <param name="pool">What is made to fail.</param>
    /// <param name="selfTests">The same.</param>
    /// <param name="board">Shows the drills.</param>
    /// <param name="observers">Are told of them.</param>
    /// <param name="time">Ends them.</param>
    public DrillDesk(EntropyPool pool, SelfTestDesk selfTests, DrillBoard board, IEnumerable<IDrillObserver> observers, TimeProvider time)
    {
        (_pool, _selfTests, _board, _time, _observers) = (pool, selfTests, board, time, [.. observers]);
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins a drill.</summary>
    /// <param name="kind">What is to fail.</param>
    /// <param name="source">Of which source, which exists; null where it is of none.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="refusal">Why not, in one sentence; null where it has begun.</param>
    /// <returns>The drill; null where it has not begun.</returns>
    public DrillRun? TryBegin(DrillKind kind, string? source, TimeSpan duration, Caller caller, out string? refusal)
    {
        lock (_gate)
        {
            refusal = WhyNot_NeedsLock(kind, source);
            if (refusal is not null)
            {
                return null;
            }

            var run = Make_NeedsLock(kind, source, duration, caller);
            refusal = Begin(run);
            if (refusal is not null)
            {
                return null;
            }

            _board.Add(run);
            Tell(DrillEvent.Begun, run);
            Look_NeedsLock();
            return run;
        }
    }

    /// <summary>Ends a drill before its time.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>The drill; null where none that is on has that number.</returns>
    public DrillRun? TryEnd(string id)
    {
        lock (_gate)
        {
            if (_board.Current.FirstOrDefault(each => each.Id == id) is not { Ended: null } run)
            {
                return null;
            }

            End_NeedsLock(run, "operator");
            Look_NeedsLock();
            return run;
        }
    }

    /// <summary>Looks at once at what has become of the drills; otherwise that is done four times a second.</summary>
    public void Look()
    {
        lock (_gate)
        {
            Look_NeedsLock();
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends every drill, which takes no time, and waits until that is noted down.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _stopped = true;
            foreach (var run in _board.Current)
            {
                if (run.Ended is null)
                {
                    End_NeedsLock(run, "stop");
                }

                run.IsSettled = true;
                _board.Settle(run);
            }

            return Task.WhenAll(_observers.Select(observer => observer.WaitAsync())).WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private string? WhyNot_NeedsLock(DrillKind kind, string? source)
    {
        if (_stopped)
        {
            return "the service is stopping";
        }

        if (source is null)
        {
            return _board.Current.Any(run => run.Kind == kind) ? $"a drill {DrillNames.Of(kind)} is on or not over yet"
                : !_pool.CanServe ? $"the service serves nothing as it is, so that nothing would show: {_pool.Status.Reason}"
                : null;
        }

        var status = _pool.FindSource(source)!;
        if (kind is not (DrillKind.Stick or DrillKind.Bias))
        {
            return null;
        }

        return status.Cutoffs is not { } cutoffs
                ? $"{source} is watched for total failure only: {DrillNames.Of(kind)} would show nothing; hang and vanish do"
            : status.Info.MayBeSilent
                ? $"{source} gives samples only when something happens: {DrillNames.Of(kind)} has no bound there; hang and vanish have"
            : kind == DrillKind.Bias && DrillPattern.Bias(cutoffs) is null
                ? $"a bias that the tests of {source} must notice at its claim is a stuck source: drill stick"
            : null;
    }

    private DrillRun Make_NeedsLock(DrillKind kind, string? source, TimeSpan duration, Caller caller)
    {
        var status = source is null ? null : _pool.FindSource(source);
        var pattern = kind switch
        {
            DrillKind.Stick => DrillPattern.Stick(status!.Cutoffs!),
            DrillKind.Bias => DrillPattern.Bias(status!.Cutoffs!),
            _ => null,
        };
        var now = _time.GetUtcNow();
        return new DrillRun
        {
            Id = $"{++_last}",
            Kind = kind,
            Source = source,
            Caller = caller,
            Began = now,
            BeganAt = _time.GetTimestamp(),
            Duration = duration,
            Bound = DrillBound.OfShowing(kind, status, pattern),
            ClearBound = DrillBound.OfClearing(kind, status),
            Exercise = source is null ? null : new SourceExercise(kind, pattern),
        };
    }

    private string? Begin(DrillRun run)
    {
        switch (run.Kind)
        {
            case DrillKind.Starve or DrillKind.Age:
                _ = _pool.TryGetBytes([]); // so that a service nobody has asked yet has a seed, which a starved pool does not take away
                _pool.BeginDrill(run.Kind, run.Duration);
                return null;
            case DrillKind.KnownAnswer:
                _selfTests.Mislead(true);
                return null;
            default:
                return _pool.TryBeginDrill(run.Source!, run.Exercise!) is { } why ? $"{run.Source} cannot be drilled: {why}" : null;
        }
    }

    private void End_NeedsLock(DrillRun run, string by)
    {
        switch (run.Kind)
        {
            case DrillKind.Starve or DrillKind.Age:
                _pool.EndDrill(run.Kind);
                break;
            case DrillKind.KnownAnswer:
                _selfTests.Mislead(false);
                break;
            default:
                _pool.EndDrill(run.Source!, run.Exercise!);
                break;
        }

        FindShown(run);
        (run.Ended, run.EndedAt, run.EndedBy) = (_time.GetUtcNow(), _time.GetTimestamp(), by);
        Tell(DrillEvent.Ended, run);
    }
}
