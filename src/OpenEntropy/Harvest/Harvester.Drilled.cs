namespace OpenEntropy.Harvest;

/// <content>Further turns of sources that have a drill or recover from one, paced by a budget of their own: what is due after some samples would otherwise wait for the trickle.</content>
internal sealed partial class Harvester
{
    private readonly bool _allowsDrills;
    private int _nextDrill;

    private bool AnyHasDrillTurns
    {
        get
        {
            if (!_allowsDrills)
                return false;
            for (var i = 0; i < _sources.Count; i++)
            {
                if (_sources[i].HasDrillTurns)
                    return true;
            }

            return false;
        }
    }

    /// <summary>A further turn of a drilled source; false when none could take one.</summary>
    public bool RunDrillTurn()
    {
        var worked = _turns.Fetch();
        for (var i = 0; i < _sources.Count; i++)
        {
            var source = _nextDrill;
            _nextDrill = (_nextDrill + 1) % _sources.Count;
            if (!_sources[source].HasDrillTurns || !_sources[source].CanTakeTurn(forRaw: false))
                continue;
            if (_turns.Take(source, TurnKind.Drill, IsAtFullDuty) is not { } cost)
                continue;
            _pace.Drill.Spend(cost);
            return true;
        }

        return worked;
    }

    private bool RunDueDrillTurn()
    {
        if (!_allowsDrills || _pace.Drill.Wait > TimeSpan.Zero || !AnyHasDrillTurns)
            return false;
        if (RunDrillTurn())
            return true;
        _pace.Drill.Defer(RawRetry);
        return false;
    }
}
