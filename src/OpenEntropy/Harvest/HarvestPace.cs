namespace OpenEntropy.Harvest;

/// <summary>The budgets of the harvest, and how long it may rest. It belongs to the harvest thread.</summary>
/// <param name="options">The shares of a core.</param>
/// <param name="tap">Tells whether somebody waits for raw samples.</param>
/// <param name="recordings">The recording under way has a budget of its own.</param>
internal sealed class HarvestPace(HarvestOptions options, RawTap tap, RecordingTap recordings)
{
    /// <summary>The shortest rest.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>How long to rest at full duty when no source can take a turn: one that is ready ends the rest.</summary>
    private static readonly TimeSpan s_awaiting = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest rest: a source that hangs is noticed by then.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(0.5);

    /// <summary>Share of one core for the further turns of drilled sources, all together.</summary>
    public const double DrillShare = 0.25;

    private CpuBudget _trickle = new(options.CpuBudget);
    private CpuBudget _raw = new(options.RawCpuBudget);
    private CpuBudget _drill = new(DrillShare);

    /// <summary>Paces the turns once the pool is full.</summary>
    public ref CpuBudget Trickle => ref _trickle;

    /// <summary>Paces the turns for those who wait for raw samples.</summary>
    public ref CpuBudget Raw => ref _raw;

    /// <summary>Paces the turns for drills.</summary>
    public ref CpuBudget Drill => ref _drill;

    /// <summary>A turn that was not waited for has ended; the waking up was charged when it began.</summary>
    /// <param name="kind">Whose budget pays; a recording has its own.</param>
    /// <param name="cost">Processor time that it used.</param>
    /// <param name="isAtFullDuty">The pool's turns are not paced then.</param>
    public void Charge(TurnKind kind, TimeSpan cost, bool isAtFullDuty)
    {
        if (kind == TurnKind.Raw)
            _raw.Add(cost);
        else if (kind == TurnKind.Drill)
            _drill.Add(cost);
        else if (kind == TurnKind.Pool && !isAtFullDuty)
            _trickle.Add(cost);
    }

    /// <summary>How long to rest when there was nothing to do.</summary>
    /// <param name="isAtFullDuty">Whether the pool wants blocks and they can be made.</param>
    /// <param name="isDrilled">Whether a source has turns for a drill's sake.</param>
    public TimeSpan Pause(bool isAtFullDuty, bool isDrilled)
    {
        var pause = isAtFullDuty ? s_awaiting : _trickle.Wait;
        if (recordings.Current is { IsComplete: false } recording && recording.Budget.Wait < pause)
            pause = recording.Budget.Wait;
        if (tap.HasDemand && _raw.Wait < pause)
            pause = _raw.Wait;
        if (isDrilled && _drill.Wait < pause)
            pause = _drill.Wait;
        return pause < s_shortest ? s_shortest
            : pause > s_longest ? s_longest
            : pause;
    }
}
