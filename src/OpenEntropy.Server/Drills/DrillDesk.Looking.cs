using OpenEntropy.Drills;
using OpenEntropy.Health;

namespace OpenEntropy.Server.Drills;

/// <content>Looks at what becomes of the drills, while they are on and until all is as before.</content>
internal sealed partial class DrillDesk
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(0.25);

    /// <summary>Past twice the bound within which all is to be as before, for a machine that is overloaded.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(10);

    private void Look_NeedsLock()
    {
        foreach (var run in _board.Current)
        {
            FindShown(run);
            if (run.Ended is null && _time.GetElapsedTime(run.BeganAt) >= run.Duration)
            {
                End_NeedsLock(run, "time");
            }

            if (run.Ended is not null)
            {
                FindCleared(run);
            }
        }

        if (_board.Current.Count > 0 && !_stopped)
        {
            _timer.Change(Next(), Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan Next()
    {
        var next = s_look;
        foreach (var run in _board.Current)
        {
            if (run.Ended is null && run.Duration - _time.GetElapsedTime(run.BeganAt) is var left && left < next)
            {
                next = left;
            }
        }

        return next > TimeSpan.Zero ? next : s_look;
    }

    private void FindShown(DrillRun run)
    {
        if (run.Shown is not null)
        {
            return;
        }

        run.Shown = run.Exercise switch
        {
            // The pool and the self-tests show at once.
            null => new DrillShown(run.Kind == DrillKind.KnownAnswer ? "self_test" : null, null, _time.GetElapsedTime(run.BeganAt)),
            { Finding: { } found } => new DrillShown(
                found.Test,
                run.Bound.Samples is null ? null : found.Samples,
                _time.GetElapsedTime(run.BeganAt, found.Noticed)
            ),
            _ => null,
        };
        if (run.Shown is not null)
        {
            Tell(DrillEvent.Shown, run);
        }
    }

    private void FindCleared(DrillRun run)
    {
        var source = run.Source is null ? null : _pool.FindSource(run.Source);
        var elapsed = _time.GetElapsedTime(run.EndedAt);
        if (source is null ? _pool.CanServe : source.State == SourceState.Healthy)
        {
            run.Cleared = source is null ? _time.GetUtcNow() : source.Since;
            run.ClearedAfter = Since(run, elapsed);
        }
        else if (source is null or { State: SourceState.Starting or SourceState.Failed })
        {
            // What does not clear fails by itself: a drill must not hide it for ever.
            var bound = TimeSpan.FromSeconds(run.ClearBound.Seconds);
            run.IsOverdue = elapsed > bound;
            if (elapsed <= (2 * bound) + s_margin)
            {
                return;
            }
        }

        // What is off, unavailable or failed for good is so by itself: the drill has no more to do with it.

        run.IsSettled = true;
        _board.Settle(run);
        if (run.Cleared is not null)
        {
            Tell(DrillEvent.Cleared, run);
        }
    }

    // The source dates its recovery by the wall clock, more exactly than a look does, unless that clock was set since the drill's end.
    private TimeSpan Since(DrillRun run, TimeSpan elapsed)
    {
        var wall = _time.GetUtcNow() - run.Ended!.Value;
        var after = run.Cleared!.Value - run.Ended.Value;
        return (wall - elapsed).Duration() < s_look && after > TimeSpan.Zero && after < elapsed ? after : elapsed;
    }

    private void Tell(DrillEvent what, DrillRun run)
    {
        foreach (var observer in _observers)
        {
            observer.Take(what, run);
        }
    }
}
