using OpenEntropy.Conditioning;
using OpenEntropy.Continuity;
using OpenEntropy.Health;
using OpenEntropy.Pool;

namespace OpenEntropy.Harvest;

/// <summary>
/// Gives the sources their turns, one at a time: all of them share one clock and one host, so only the samples of the source whose turn it
/// is earn credit. It works hard until the pool was filled, and again for blocks that were used; otherwise, and while too few sources may earn
/// to complete a block, it trickles, which keeps the health tests alive and renews the oldest blocks.
/// </summary>
internal sealed class Harvester : IDisposable
{
    /// <summary>How long to wait when no source can take a turn.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(1);

    /// <summary>How long until it looks again whether a source can give the raw samples somebody waits for.</summary>
    public static readonly TimeSpan RawRetry = TimeSpan.FromMilliseconds(20);

    private readonly IReadOnlyList<EntropySource> _sources;
    private readonly TurnOrder _order;
    private readonly EarningSources _earning;
    private readonly BlockMaker _blocks;
    private readonly SeedPool _pool;
    private readonly RawTap _tap;
    private readonly RecordingTap _recordings;
    private readonly SourceTurns _turns;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private CpuBudget _trickle;
    private CpuBudget _raw;
    private int _nextRaw;

    /// <summary>A harvest that does not run yet.</summary>
    public Harvester(
        IReadOnlyList<EntropySource> sources,
        EarningSources earning,
        Conditioner conditioner,
        SeedPool pool,
        RawTap tap,
        RecordingTap recordings,
        ResumeWatch watch,
        HarvestOptions options
    )
    {
        (_sources, _earning, _pool, _tap, _recordings) = (sources, earning, pool, tap, recordings);
        _blocks = new BlockMaker(conditioner, pool, watch);
        _turns = new SourceTurns(sources, _blocks, tap, recordings);
        _order = new TurnOrder(sources);
        _trickle = new CpuBudget(options.CpuBudget);
        _raw = new CpuBudget(options.RawCpuBudget);
        tap.Demanded = () => _wake.Set();
    }

    /// <summary>Blocks per second at full duty, as measured lately.</summary>
    public double BlocksPerSecond => _blocks.BlocksPerSecond;

    /// <summary>True while the pool wants blocks and they can be made.</summary>
    private bool IsAtFullDuty => _pool.WantsBlocks && _earning.Suffice;

    /// <summary>Harvests until stopped.</summary>
    /// <param name="stop">Stops it, within a turn.</param>
    public void Run(CancellationToken stop)
    {
        using var registration = stop.Register(() => _wake.Set());
        _order.OpenAll();
        while (!stop.IsCancellationRequested)
        {
            var worked = RunDueRawTurn() | RunDueRecordingTurn();
            if (IsAtFullDuty || _trickle.Wait == TimeSpan.Zero)
                worked |= RunHarvestTurn();
            if (!worked)
                _wake.WaitOne(Pause());
        }
    }

    /// <summary>The next source's turn, for the pool or for a recording; false when no source could take one.</summary>
    public bool RunHarvestTurn()
    {
        if (_order.Next() is not { } source)
            return false;
        _trickle.Spend(_turns.TakeForPool(source, filling: IsAtFullDuty));
        return true;
    }

    /// <summary>A turn for those who wait for raw samples; false when none of their sources could take one.</summary>
    public bool RunRawTurn()
    {
        for (var i = 0; i < _sources.Count; i++)
        {
            var source = _nextRaw;
            _nextRaw = (_nextRaw + 1) % _sources.Count;
            if (!_tap.Wants(source) || !_sources[source].CanTakeTurn(forRaw: true))
                continue;

            _raw.Spend(_turns.TakeForRaw(source));
            return true;
        }

        return false;
    }

    /// <summary>A further turn of the source that is recorded, every other of them for the pool; false when it could not take one.</summary>
    public bool RunRecordingTurn()
    {
        if (_recordings.Current is not { IsComplete: false } recording || !_sources[recording.Source].CanTakeTurn(forRaw: false))
            return false;
        recording.Budget.Spend(_turns.TakeForPool(recording.Source, filling: IsAtFullDuty));
        return true;
    }

    /// <summary>Frees the wake-up signal and zeroes the block.</summary>
    public void Dispose()
    {
        _tap.Close();
        _blocks.Dispose();
        _wake.Dispose();
    }

    private bool RunDueRawTurn()
    {
        if (!_tap.HasDemand || _raw.Wait > TimeSpan.Zero)
            return false;
        if (RunRawTurn())
            return true;
        _raw.Defer(RawRetry);
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

    private TimeSpan Pause()
    {
        var pause = !IsAtFullDuty ? _trickle.Wait : TimeSpan.Zero;
        if (_recordings.Current is { IsComplete: false } recording && recording.Budget.Wait < pause)
            pause = recording.Budget.Wait;
        if (_tap.HasDemand && _raw.Wait < pause)
            pause = _raw.Wait;
        return pause > s_idle ? pause : s_idle;
    }
}
