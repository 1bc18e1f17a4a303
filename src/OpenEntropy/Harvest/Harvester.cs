using System.Diagnostics;
using OpenEntropy.Conditioning;
using OpenEntropy.Continuity;
using OpenEntropy.Health;
using OpenEntropy.Pool;

namespace OpenEntropy.Harvest;

/// <summary>
/// Gives the sources their turns. All of them share one clock and one host, so those that earn take theirs one at a time; those that earn
/// nothing, on trial or only mixed, collect beside them. It works hard until the pool was filled, and again for blocks that were used; otherwise,
/// and while too few sources earn or are about to, it trickles, which keeps the health tests alive and renews the oldest blocks.
/// </summary>
internal sealed partial class Harvester : IDisposable
{
    /// <summary>Blocks for the first requests.</summary>
    private const int FirstBlocks = 16;

    /// <summary>How long start-up tests may come before the filling of the pool.</summary>
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<EntropySource> _sources;
    private readonly Openings _openings;
    private readonly TurnOrder _order;
    private readonly EarningSources _earning;
    private readonly BlockMaker _blocks;
    private readonly SeedPool _pool;
    private readonly RawTap _tap;
    private readonly RecordingTap _recordings;
    private readonly SourceTurns _turns;
    private readonly WakeSignal _wake = new();
    private readonly Trials _trials;
    private readonly HarvestPace _pace;
    private long _started;
    private bool _trialWasLast;
    private volatile bool _awaitsSources;

    /// <summary>A harvest that does not run yet.</summary>
    public Harvester(
        IReadOnlyList<EntropySource> sources,
        EarningSources earning,
        Conditioner conditioner,
        SeedPool pool,
        RawTap tap,
        RecordingTap recordings,
        ResumeWatch watch,
        HarvestOptions options,
        TimeSpan lookInterval,
        bool allowsDrills = false
    )
    {
        _allowsDrills = allowsDrills;
        (_sources, _earning, _pool, _tap, _recordings) = (sources, earning, pool, tap, recordings);
        _blocks = new BlockMaker(conditioner, pool, watch);
        _turns = new SourceTurns(sources, earning, _blocks, tap, recordings, Charge);
        _openings = new Openings(sources, lookInterval);
        _order = new TurnOrder(sources);
        _trials = new Trials(sources, _order, _turns, TimeProvider.System);
        _pace = new HarvestPace(options, tap, recordings);
        tap.Demanded = _wake.Set;
        foreach (var source in sources)
            (source.Changed, source.Finished) = (_wake.Set, OnSourceFinished);
    }

    /// <summary>What others made, mixed into the open block before the next turn and counted nowhere.</summary>
    public UncreditedInput Input { get; } = new();

    /// <summary>Blocks per second at full duty, as measured lately.</summary>
    public double BlocksPerSecond => _blocks.BlocksPerSecond;

    /// <summary>True while the pool wants blocks and they can be made.</summary>
    private bool IsAtFullDuty => _pool.WantsBlocks && _earning.SufficeNow;

    /// <summary>
    /// At the start, once there are blocks for the first requests, the start-up tests of the other sources have all processors for a moment.
    /// </summary>
    private bool TrialsGoFirst => _pool.Counts.Available >= FirstBlocks && Stopwatch.GetElapsedTime(_started) < s_start;

    /// <summary>Harvests until stopped.</summary>
    /// <param name="stop">Stops it, within a turn.</param>
    public void Run(CancellationToken stop)
    {
        using var registration = stop.Register(_wake.Set);
        _started = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            var worked = _turns.Fetch() | RunDueRawTurn() | RunDueRecordingTurn() | RunDueDrillTurn();
            if (IsAtFullDuty || _pace.Trickle.Wait == TimeSpan.Zero)
                worked |= RunHarvestTurn();
            else
            {
                _openings.Tend();
                worked |= _trials.BeginAll(TurnKind.FirstTrial);
            }
            if (!worked)
                Rest();
        }
    }

    /// <summary>
    /// The next source's turn, for the pool or for a recording, and before it, where the pool wants blocks, those of the sources on trial; false when no
    /// source could take one.
    /// </summary>
    public bool RunHarvestTurn()
    {
        _openings.Tend();
        _blocks.Mix(Input);
        var worked = _turns.Fetch();
        var filling = IsAtFullDuty;
        if (filling)
        {
            var trialsFirst = TrialsGoFirst;
            worked |= _trials.BeginAll(TurnKind.Pool, longestFirst: trialsFirst);
            if (trialsFirst && _trials.AnyUnderWay)
                return worked;
        }
        else if (worked || _trials.BeginAll(TurnKind.FirstTrial) || BeginsIdleTrial())
            return true; // what was fetched is paid for before anything else is begun

        if (_order.Next() is { } source)
            return TakeTurn(source, filling) || worked;

        // With nothing to do it looks again as often as it would have had turns.
        if (!filling)
            _pace.Trickle.Spend(SourceTurns.WakeUp);
        return worked;
    }

    /// <summary>Frees the wake-up signal and zeroes the block.</summary>
    public void Dispose()
    {
        _tap.Close();
        Input.Dispose();
        _blocks.Dispose();
        _wake.Dispose();
    }

    /// <summary>Once the pool is full, every other turn is of a source on trial, where there is one: an operator waits for it.</summary>
    private bool BeginsIdleTrial()
    {
        _trialWasLast = !_trialWasLast && _trials.BeginOne();
        if (_trialWasLast)
            _pace.Trickle.Spend(SourceTurns.WakeUp);
        return _trialWasLast;
    }

    private bool TakeTurn(int source, bool filling)
    {
        var start = Stopwatch.GetTimestamp();
        if (_turns.Take(source, TurnKind.Pool, filling) is not { } cost)
            return false;
        _order.Taken(source, Stopwatch.GetElapsedTime(start));
        if (!filling)
            _pace.Trickle.Spend(cost);
        return true;
    }

    private void Charge(TurnKind kind, TimeSpan cost) => _pace.Charge(kind, cost, IsAtFullDuty);

    private void OnSourceFinished()
    {
        // Once the pool is full, what was begun is fetched when the next turn is due: waking up costs more than the fetching.
        if (_awaitsSources)
            _wake.Set();
    }

    private void Rest()
    {
        _awaitsSources = IsAtFullDuty || _tap.HasDemand || AnyHasDrillTurns || _trials.AnyUnderWay || _openings.AnyWaits;
        _wake.Wait(_pace.Pause(IsAtFullDuty, AnyHasDrillTurns));
        _awaitsSources = false;
    }
}
