using System.Diagnostics;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Harvest;

/// <summary>
/// Takes one turn of a source and brings its samples where they belong: into the open block, or, of a credited source never more than entered a
/// block before, to those who asked for raw ones. It belongs to the harvest thread.
/// </summary>
internal sealed class SourceTurns
{
    /// <summary>A turn of a source that earns credit; a single slow operation may take longer.</summary>
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(1);

    /// <summary>A turn of a source that is only mixed.</summary>
    private static readonly TimeSpan s_mixedTurn = TimeSpan.FromMilliseconds(0.1);

    /// <summary>What waking up costs, which the measured turns do not show; it is charged to the budget with each turn.</summary>
    public static readonly TimeSpan WakeUp = TimeSpan.FromMilliseconds(0.4);

    private readonly IReadOnlyList<EntropySource> _sources;
    private readonly BlockMaker _blocks;
    private readonly RecordingTap _recordings;
    private readonly Delivery _toRaw;
    private readonly Delivery _toRecording;
    private readonly int[] _divertible;

    /// <summary>No turn was taken.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="blocks">Receives what is kept.</param>
    /// <param name="tap">Receives raw samples.</param>
    /// <param name="recordings">Receives recorded samples.</param>
    public SourceTurns(IReadOnlyList<EntropySource> sources, BlockMaker blocks, RawTap tap, RecordingTap recordings)
    {
        (_sources, _blocks, _recordings) = (sources, blocks, recordings);
        (_toRaw, _toRecording) = (tap.Deliver, recordings.Deliver);
        _divertible = new int[sources.Count];
    }

    /// <summary>Where a diverted turn goes.</summary>
    private delegate void Delivery(int source, ReadOnlySpan<byte> samples);

    /// <summary>A turn for the pool, or for a recording where it is the recording's.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="filling">Whether the pool wants blocks.</param>
    /// <returns>Processor time that it may have used.</returns>
    public TimeSpan TakeForPool(int source, bool filling)
    {
        var atMost = Math.Min(_recordings.AtMost(source, filling), Divertible(source));
        return atMost > 0 ? Divert(source, atMost, TurnOf(_sources[source]), _toRecording) : Keep(source);
    }

    /// <summary>A turn for those who wait for raw samples, or for the pool while nothing may be diverted.</summary>
    /// <param name="source">The source's index.</param>
    /// <returns>Processor time that it may have used.</returns>
    public TimeSpan TakeForRaw(int source)
    {
        var atMost = Divertible(source);
        return atMost > 0 ? Divert(source, atMost, s_turn, _toRaw) : Keep(source);
    }

    /// <summary>At most half of a credited source's samples are diverted: as many must have entered a block before.</summary>
    private int Divertible(int index) =>
        _sources[index] is { MinEntropy: > 0, State: SourceState.Healthy } ? _divertible[index] : TurnLength.Maximum;

    private static TimeSpan TurnOf(EntropySource source) => source.MinEntropy > 0 ? s_turn : s_mixedTurn;

    private TimeSpan Keep(int index)
    {
        var start = Stopwatch.GetTimestamp();
        var source = _sources[index];
        _blocks.ForgetAfterResume();
        Absorb(index, source.Take(TurnOf(source)));
        RevokeLowered();
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

        // A turn that only began a slow collection kept nothing; the one that fetches its samples does.
        if (turn.Raw.Length > 0)
            _recordings.Kept(index);

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

    /// <summary>Whoever's turn completes the open block: it does not count on what an assessment meanwhile says was credited too high.</summary>
    private void RevokeLowered()
    {
        for (var i = 0; i < _sources.Count; i++)
        {
            if (_sources[i].TakeLowering())
                _blocks.Revoke(i);
        }
    }

    /// <summary>Processor time that a turn may have used: a source that waits uses less, and is charged for all of it.</summary>
    private static TimeSpan Cost(TimeSpan elapsed, NoiseSourceInfo info) => (elapsed * info.Threads) + WakeUp;
}
