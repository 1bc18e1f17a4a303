namespace OpenEntropy.Drills;

/// <summary>
/// What is kept from being given although it is there: because a self-test failed, or because a drill starves the pool or ages its seeds. Requests
/// read it without a lock.
/// </summary>
/// <param name="time">Dates the end of an ageing.</param>
internal sealed class Withholding(TimeProvider time)
{
    private volatile string? _selfTest;
    private volatile bool _isTainted;
    private volatile PoolExercise? _starving;
    private volatile PoolExercise? _ageing;
    private long _agedUntil = long.MinValue;

    /// <summary>Called before output goes on after a computation that was wrong: whatever was made meanwhile is to be thrown away.</summary>
    public Action? Renewing { get; set; }

    /// <summary>Called, on any thread, when something is withheld no longer.</summary>
    public Action? Released { get; set; }

    /// <summary>Why no output is given, in one sentence: a self-test failed. Null while none has.</summary>
    public string? SelfTest => _selfTest;

    /// <summary>True while no block enters the pool.</summary>
    public bool KeepsBlocksOut => _starving is not null;

    /// <summary>True while no block leaves the pool.</summary>
    public bool KeepsBlocksIn => _starving is not null || _ageing is not null || _selfTest is not null;

    /// <summary>Why a block is withheld by a drill, in one clause; null where none is.</summary>
    public string? WhyDrilled =>
        _ageing is not null ? "drill (age): every seed and every block counts as too old"
        : _starving is not null ? "drill (starve): no seed block enters or leaves the pool"
        : null;

    /// <summary>How long a drill will withhold blocks yet; null where none does.</summary>
    public TimeSpan? Left => (_ageing ?? _starving) is { } exercise ? exercise.Length - time.GetElapsedTime(exercise.Began) : null;

    /// <summary>Stops all output.</summary>
    /// <param name="why">One sentence.</param>
    /// <param name="isDrill">True where nothing was computed wrong: what is made meanwhile is sound.</param>
    public void StopOutput(string why, bool isDrill)
    {
        _isTainted |= !isDrill;
        _selfTest = why;
    }

    /// <summary>Output goes on. What was made before and while a computation was wrong is thrown away first.</summary>
    public void ResumeOutput()
    {
        if (_isTainted)
        {
            Renewing?.Invoke();
            _isTainted = false;
        }

        _selfTest = null;
        Released?.Invoke();
    }

    /// <summary>Begins a drill of the pool.</summary>
    /// <param name="kind"><see cref="DrillKind.Starve"/> or <see cref="DrillKind.Age"/>.</param>
    /// <param name="length">After how long it will be ended.</param>
    public void Begin(DrillKind kind, TimeSpan length)
    {
        var exercise = new PoolExercise(time.GetTimestamp(), length);
        if (kind == DrillKind.Starve)
            _starving = exercise;
        else
            _ageing = exercise;
    }

    /// <summary>Ends a drill of the pool. Seeds that were made before the end of an ageing stay too old: output goes on by a reseed.</summary>
    /// <param name="kind">As it was begun.</param>
    public void End(DrillKind kind)
    {
        if (kind == DrillKind.Starve)
        {
            _starving = null;
        }
        else
        {
            Volatile.Write(ref _agedUntil, time.GetTimestamp());
            _ageing = null;
        }

        Released?.Invoke();
    }

    /// <summary>Whether a drill makes a seed count as too old.</summary>
    /// <param name="seeded">When the generator was seeded, a timestamp of the time provider.</param>
    public bool MakesOld(long seeded) => _ageing is not null || seeded < Volatile.Read(ref _agedUntil);
}

/// <summary>A drill of the pool.</summary>
/// <param name="Began">When it began, a timestamp of the time provider.</param>
/// <param name="Length">After how long it ends.</param>
internal sealed record PoolExercise(long Began, TimeSpan Length);
