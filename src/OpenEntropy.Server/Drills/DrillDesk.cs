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
    private readonly DrillRules _rules;
    private readonly DrillSwitch _switch;
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
        (_pool, _board, _time, _observers) = (pool, board, time, [.. observers]);
        (_rules, _switch) = (new DrillRules(pool, board), new DrillSwitch(pool, selfTests));
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
            refusal = _stopped ? "the service is stopping" : _rules.WhyNot(kind, source);
            if (refusal is not null)
            {
                return null;
            }

            var run = Make_NeedsLock(kind, source, duration, caller);
            refusal = _switch.TryOn(run);
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

    private void End_NeedsLock(DrillRun run, string by)
    {
        _switch.Off(run);
        FindShown(run);
        (run.Ended, run.EndedAt, run.EndedBy) = (_time.GetUtcNow(), _time.GetTimestamp(), by);
        Tell(DrillEvent.Ended, run);
    }
}
