using OpenEntropy.Drills;
using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <content>
/// Drills. While one is on, its samples are tested and nothing else: they earn nothing, enter no block, no recording and no raw output. The tests of the
/// source itself stand still meanwhile, and their runs and windows go on when it has ended: what the source did before is not forgotten, and nothing that
/// was made for the drill counts against it.
/// </content>
internal sealed partial class EntropySource
{
    private readonly DrilledNoiseSource? _drilled;
    private volatile bool _recovers;
    private volatile bool _isToBeReopened;

    /// <summary>The drill that is on; null for none. Read by the harvest, and so without the lock.</summary>
    public SourceExercise? Exercise => _drilled?.Exercise;

    /// <summary>True while it has further turns for a drill's sake: so that what is due after some samples need not wait for the trickle, nor the recovery after it.</summary>
    public bool HasDrillTurns => Exercise is not null ? State != SourceState.PermanentlyFailed : _recovers && IsInTrial;

    /// <summary>Begins a drill.</summary>
    /// <param name="exercise">The drill.</param>
    /// <returns>Why not, in one clause; null where it has begun.</returns>
    /// <exception cref="InvalidOperationException">Drills are not allowed.</exception>
    public string? TryBeginDrill(SourceExercise exercise)
    {
        var drilled = _drilled ?? throw new InvalidOperationException("Drills are not allowed.");
        lock (_gate)
        {
            if (drilled.Exercise is { } other)
                return $"it has a {other.Words} already";
            if (State != SourceState.Healthy)
                return _ledger.Status(Info, _judge).Reason is { } reason ? $"it is not healthy ({reason})" : "it is not healthy";
            _recovers = false;
            _judge.BeginDrill(exercise);
            drilled.Exercise = exercise;
        }

        Changed?.Invoke();
        return null;
    }

    /// <summary>Ends a drill: what it broke is on again and must pass its start-up test. What an operator switched off meanwhile stays off.</summary>
    /// <param name="exercise">The drill; another is left alone.</param>
    public void EndDrill(SourceExercise exercise)
    {
        lock (_gate)
        {
            if (_drilled is null || _drilled.Exercise != exercise)
                return;
            _drilled.Exercise = null;
            _judge.EndDrill();
            _lastCame = _time.GetTimestamp();
            _isToBeReopened = exercise.Kind is DrillKind.Hang or DrillKind.Vanish;
            _recovers = true;
        }

        exercise.Release();
        Changed?.Invoke();
    }

    /// <summary>A device that came back is opened at once: the pauses between attempts are for those that are gone.</summary>
    private void ReopenAfterDrill()
    {
        if (!_isToBeReopened)
            return;
        _ = _thread.TakeFailure(); // of attempts to open it while it was gone
        if (_thread.TryForgetFailure())
            _isToBeReopened = false;
    }

    /// <summary>True while what hung in a drill is coming back; one that then hangs by itself is told after its deadline.</summary>
    private bool IsComingBack => _isToBeReopened && _time.GetElapsedTime(_lastCame) < Info.Deadline;

    /// <summary>True where the collection that was taken last has to do with a drill.</summary>
    private bool IsOfDrill => _drilled is { } drilled && (drilled.OfLastCollection ?? drilled.Exercise) is not null;

    /// <summary>A collection that failed; one that a drill made fail, and whose drill has ended since, is none of the source's.</summary>
    private void FailCollection_NeedsLock(string error)
    {
        if (_drilled is not { } drilled || drilled.OfLastCollection is null || drilled.OfLastCollection == drilled.Exercise)
            Fail_NeedsLock(error);
    }

    /// <summary>A failure by itself ends the turns that a recovery has: it is no recovery.</summary>
    private void Fail_NeedsLock(string error)
    {
        _recovers &= Exercise is not null;
        _judge.Fail(error);
    }

    /// <summary>Samples that were made under a drill are tested while it is on; those that were begun before it or end after it are neither the one's nor the other's.</summary>
    private SourceTurn JudgeDrilled_NeedsLock(Collection collection)
    {
        var samples = _thread.Samples(collection.Count);
        _ledger.Collected(samples, collection, _time.GetUtcNow());
        if (collection.Disturbance != Disturbance.None)
            return default;
        _ledger.Drop(DropReasons.Drill, samples.Length);
        if (_drilled!.OfLastCollection is { } exercise && exercise == _drilled.Exercise)
            _judge.TestDrilled(samples, exercise);
        return default;
    }
}
