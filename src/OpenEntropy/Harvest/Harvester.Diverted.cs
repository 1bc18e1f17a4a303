namespace OpenEntropy.Harvest;

/// <content>The turns for those who wait for raw samples and for recordings, each paced by a budget of its own.</content>
internal sealed partial class Harvester
{
    /// <summary>How long until it looks again whether a source can give the raw samples somebody waits for.</summary>
    public static readonly TimeSpan RawRetry = TimeSpan.FromMilliseconds(20);

    private int _nextRaw;

    /// <summary>A turn for those who wait for raw samples; false when none of their sources could take one.</summary>
    public bool RunRawTurn()
    {
        var worked = _turns.Fetch();
        for (var i = 0; i < _sources.Count; i++)
        {
            var source = _nextRaw;
            _nextRaw = (_nextRaw + 1) % _sources.Count;
            if (!_tap.Wants(source) || !_sources[source].CanTakeTurn(forRaw: true))
                continue;
            if (_turns.Take(source, TurnKind.Raw, IsAtFullDuty) is not { } cost)
                continue;
            _pace.Raw.Spend(cost);
            return true;
        }

        return worked;
    }

    /// <summary>A further turn of the source that is recorded, every other of them for the pool; false when it could not take one.</summary>
    public bool RunRecordingTurn()
    {
        var worked = _turns.Fetch();
        if (_recordings.Current is not { IsComplete: false } recording || !_sources[recording.Source].CanTakeTurn(forRaw: false))
            return worked;
        if (_turns.Take(recording.Source, TurnKind.Recording, IsAtFullDuty) is not { } cost)
            return worked;
        recording.Budget.Spend(cost);
        return true;
    }

    private bool RunDueRawTurn()
    {
        if (!_tap.HasDemand || _pace.Raw.Wait > TimeSpan.Zero)
            return false;
        if (RunRawTurn())
            return true;
        _pace.Raw.Defer(RawRetry);
        return false;
    }

    /// <summary>While the pool wants blocks, a recording has no turns but its share of theirs.</summary>
    private bool RunDueRecordingTurn()
    {
        if (_recordings.Current is not { IsComplete: false } recording || IsAtFullDuty || recording.Budget.Wait > TimeSpan.Zero)
            return false;
        if (RunRecordingTurn())
            return true;
        recording.Budget.Defer(RawRetry);
        return false;
    }
}
