using System.Diagnostics;
using OpenEntropy.Conditioning;
using OpenEntropy.Continuity;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Pool;

namespace OpenEntropy.Harvest;

/// <summary>
/// Gives the sources their turns, one at a time: all of them share one clock and one host, so only the samples of the source whose turn it
/// is earn credit. It works hard until the pool was filled, and again for blocks that were used; otherwise, and while too few sources may earn
/// to complete a block, it trickles, which keeps the health tests alive and renews the oldest blocks.
/// </summary>
internal sealed class Harvester : IDisposable
{
    /// <summary>A turn of a source that earns credit; a single slow operation may take longer.</summary>
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(1);

    /// <summary>A turn of a source that is only mixed.</summary>
    private static readonly TimeSpan s_mixedTurn = TimeSpan.FromMilliseconds(0.1);

    /// <summary>How long to wait when no source can take a turn.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(1);

    /// <summary>How long until it looks again whether a source can give the raw samples somebody waits for.</summary>
    public static readonly TimeSpan RawRetry = TimeSpan.FromMilliseconds(20);

    /// <summary>What waking up costs, which the measured turns do not show; it is charged to the budget with each turn.</summary>
    public static readonly TimeSpan WakeUp = TimeSpan.FromMilliseconds(0.4);

    private readonly IReadOnlyList<EntropySource> _sources;
    private readonly TurnOrder _order;
    private readonly EarningSources _earning;
    private readonly BlockMaker _blocks;
    private readonly SeedPool _pool;
    private readonly RawTap _tap;
    private readonly RecordingTap _recordings;
    private readonly Delivery _toRaw;
    private readonly Delivery _toRecording;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly int[] _divertible;
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
        (_toRaw, _toRecording) = (tap.Deliver, recordings.Deliver);
        _blocks = new BlockMaker(conditioner, pool, watch);
        _order = new TurnOrder(sources);
        _trickle = new CpuBudget(options.CpuBudget);
        _raw = new CpuBudget(options.RawCpuBudget);
        _divertible = new int[sources.Count];
        tap.Demanded = () => _wake.Set();
    }

    /// <summary>Where a diverted turn goes.</summary>
    private delegate void Delivery(int source, ReadOnlySpan<byte> samples);

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
        _trickle.Spend(KeepOrRecord(source));
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

            var atMost = Divertible(source);
            _raw.Spend(atMost > 0 ? Divert(source, atMost, s_turn, _toRaw) : Keep(source));
            return true;
        }

        return false;
    }

    /// <summary>A further turn of the source that is recorded, every other of them for the pool; false when it could not take one.</summary>
    public bool RunRecordingTurn()
    {
        if (_recordings.Current is not { IsComplete: false } recording || !_sources[recording.Source].CanTakeTurn(forRaw: false))
            return false;
        recording.Budget.Spend(KeepOrRecord(recording.Source));
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

    /// <summary>At most half of a credited source's samples are diverted: as many must have entered a block before.</summary>
    private int Divertible(int index) =>
        _sources[index] is { MinEntropy: > 0, State: SourceState.Healthy } ? _divertible[index] : TurnLength.Maximum;

    private static TimeSpan TurnOf(EntropySource source) => source.MinEntropy > 0 ? s_turn : s_mixedTurn;

    private TimeSpan KeepOrRecord(int source)
    {
        var atMost = Math.Min(_recordings.AtMost(source, filling: IsAtFullDuty), Divertible(source));
        return atMost > 0 ? Divert(source, atMost, TurnOf(_sources[source]), _toRecording) : Keep(source);
    }

    private TimeSpan Keep(int index)
    {
        var start = Stopwatch.GetTimestamp();
        var source = _sources[index];
        _blocks.ForgetAfterResume();
        _recordings.Kept(index);
        Absorb(index, source.Take(TurnOf(source)));
        var elapsed = Stopwatch.GetElapsedTime(start);
        _blocks.Complete(elapsed);
        return Cost(elapsed, source.Info);
    }

    private TimeSpan Divert(int index, int atMost, TimeSpan target, Delivery deliver)
    {
        var start = Stopwatch.GetTimestamp();
        var source = _sources[index];
        _blocks.ForgetAfterResume();
        var turn = source.Take(target, atMost);
        if (turn.Raw.Length > atMost)
        {
            // The late result of a collection that asked for more than may be diverted: it is kept.
            Absorb(index, turn);
        }
        else
        {
            RevokeIfFailed(index);
            _divertible[index] = Math.Max(0, _divertible[index] - turn.Raw.Length);
            source.Account(credit: 0, turn.Raw.Length);
            deliver(index, turn.Raw);
        }

        return Cost(Stopwatch.GetElapsedTime(start), source.Info);
    }

    private void Absorb(int index, SourceTurn turn)
    {
        RevokeIfFailed(index);

        // What was kept long ago is no leave to divert everything now.
        if (turn.Credit > 0)
            _divertible[index] = Math.Min(_divertible[index] + turn.Usable.Length, TurnLength.Maximum);
        if (turn.Usable.Length == 0)
            return;
        _blocks.Absorb(index, turn.Usable, turn.Credit);
        _sources[index].Account(turn.Credit, diverted: 0);
    }

    /// <summary>A source may have been without entropy for a while before its tests noticed: the open block does not count on it.</summary>
    private void RevokeIfFailed(int index)
    {
        if (_sources[index].State is SourceState.Failed or SourceState.PermanentlyFailed)
            _blocks.Revoke(index);
    }

    /// <summary>Processor time that a turn may have used: a source that waits uses less, and is charged for all of it.</summary>
    private static TimeSpan Cost(TimeSpan elapsed, NoiseSourceInfo info) => (elapsed * info.Threads) + WakeUp;
}
