using System.Diagnostics;
using OpenEntropy.Conditioning;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Harvest;

/// <summary>
/// Takes one turn of a source and brings its samples where they belong: into the open block, or, of a credited source never more than entered a
/// block before, to those who asked for raw ones. It belongs to the harvest thread.
/// </summary>
/// <remarks>
/// Only a turn that earns is waited for, since nothing else that earns may run beside it. A source that is on trial or only mixed earns nothing
/// however it is collected: its turn is begun, the harvest goes on, and what it gave is fetched when it is there. So the start-up tests of many
/// sources run side by side, and a device that takes its time costs nobody else any.
/// </remarks>
internal sealed class SourceTurns
{
    /// <summary>A turn of a source that earns credit; a single slow operation may take longer.</summary>
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(1);

    /// <summary>A turn of a source that is only mixed.</summary>
    private static readonly TimeSpan s_mixedTurn = TimeSpan.FromMilliseconds(0.1);

    /// <summary>A turn of a start-up test, so that a few of them are enough; a scheduler lets others in meanwhile.</summary>
    private static readonly TimeSpan s_trialTurn = TimeSpan.FromMilliseconds(20);

    /// <summary>The same once the pool is full: with the pause that it costs, it must not hold up the others for long.</summary>
    private static readonly TimeSpan s_idleTrialTurn = TimeSpan.FromMilliseconds(4);

    /// <summary>What waking up costs, which the measured turns do not show; it is charged to the budget with each turn.</summary>
    public static readonly TimeSpan WakeUp = TimeSpan.FromMilliseconds(0.4);

    private readonly IReadOnlyList<EntropySource> _sources;
    private readonly EarningSources _earning;
    private readonly BlockMaker _blocks;
    private readonly RecordingTap _recordings;
    private readonly Delivery _toRaw;
    private readonly Delivery _toRecording;
    private readonly Action<TurnKind, TimeSpan> _charge;
    private readonly int[] _divertible;
    private readonly Begun[] _begun;

    /// <summary>No turn was taken.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="earning">Says among how many a source's credit is divided.</param>
    /// <param name="blocks">Receives what is kept.</param>
    /// <param name="tap">Receives raw samples.</param>
    /// <param name="recordings">Receives recorded samples.</param>
    /// <param name="charge">Is told what a turn that was not waited for has cost, unless a recording pays for it.</param>
    public SourceTurns(
        IReadOnlyList<EntropySource> sources,
        EarningSources earning,
        BlockMaker blocks,
        RawTap tap,
        RecordingTap recordings,
        Action<TurnKind, TimeSpan> charge
    )
    {
        (_sources, _earning, _blocks, _recordings, _charge) = (sources, earning, blocks, recordings, charge);
        (_toRaw, _toRecording) = (tap.Deliver, recordings.Deliver);
        (_divertible, _begun) = (new int[sources.Count], new Begun[sources.Count]);
    }

    /// <summary>Where a diverted turn goes.</summary>
    private delegate void Delivery(int source, ReadOnlySpan<byte> samples);

    /// <summary>A turn of a source. One that earns is taken, any other only begun.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="kind">For whom.</param>
    /// <param name="filling">Whether the pool wants blocks.</param>
    /// <returns>Processor time that it may have used so far; null where the source was not ready.</returns>
    public TimeSpan? Take(int source, TurnKind kind, bool filling)
    {
        if (!_sources[source].IsCollecting)
            _begun[source] = Plan(source, kind, filling);
        return _sources[source].Earns ? Finish(source) : Begin(source);
    }

    /// <summary>Fetches what was begun and is there by now, or has passed its deadline.</summary>
    /// <returns>True where there was any.</returns>
    public bool Fetch()
    {
        var any = false;
        for (var i = 0; i < _sources.Count; i++)
        {
            if (!_sources[i].IsFetchable)
                continue;
            var cost = Finish(i) - WakeUp; // charged when it was begun
            if (_begun[i].Recording is { } recording)
                recording.Budget.Add(cost);
            else
                _charge(_begun[i].Kind, cost);
            any = true;
        }

        return any;
    }

    /// <summary>What the turn is for. Samples that may not be diverted, or are not wanted elsewhere, are the pool's.</summary>
    private Begun Plan(int index, TurnKind kind, bool filling)
    {
        var source = _sources[index];
        var target =
            kind == TurnKind.Raw || source.Earns ? s_turn
            : source.IsInTrial ? Shorter(filling ? s_trialTurn : s_idleTrialTurn, source.Info.Deadline / 4)
            : s_mixedTurn;
        var atMost = kind == TurnKind.Raw ? Divertible(index) : Math.Min(_recordings.AtMost(index, filling), Divertible(index));
        var pays = kind == TurnKind.Recording ? _recordings.Current : null;
        return atMost == 0
            ? new Begun(kind, target, TurnLength.Maximum, null, pays)
            : new Begun(kind, target, atMost, kind == TurnKind.Raw ? _toRaw : _toRecording, pays);
    }

    private TimeSpan? Begin(int index) => _sources[index].TryBegin(_begun[index].Target, _begun[index].AtMost) ? WakeUp : null;

    private TimeSpan Finish(int index)
    {
        var start = Stopwatch.GetTimestamp();
        var (source, begun) = (_sources[index], _begun[index]);
        _blocks.ForgetAfterResume();
        var turn = source.Take(begun.Target, begun.AtMost);
        var deliver = begun.Deliver;
        if (deliver is null)
            Absorb(index, turn);
        else
            Divert(index, turn, deliver);
        RevokeLowered();
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (deliver is null)
            _blocks.Complete(elapsed);

        // A source that waits uses no processor meanwhile, and neither does the harvest that waits for it.
        return source.IsCollecting ? WakeUp : Longer(elapsed - source.CollectingTime, TimeSpan.Zero) + source.ProcessorTime + WakeUp;
    }

    private void Divert(int index, SourceTurn turn, Delivery deliver)
    {
        RevokeIfFailed(index);
        _divertible[index] = Math.Max(0, _divertible[index] - turn.Raw.Length);
        _sources[index].Account(credit: 0, turn.Raw.Length);
        deliver(index, turn.Raw);
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
        var credit = turn.Credit > 0 ? turn.Credit / _earning.Sharing(index) : 0;
        _blocks.Absorb(index, turn.Usable, credit);
        _sources[index].Account(credit, diverted: 0);
    }

    /// <summary>At most half of a credited source's samples are diverted: as many must have entered a block before.</summary>
    private int Divertible(int index) => _sources[index].Earns ? _divertible[index] : TurnLength.Maximum;

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

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>What a turn is for.</summary>
    /// <param name="Kind">For whom.</param>
    /// <param name="Target">How long it should last.</param>
    /// <param name="AtMost">The most samples.</param>
    /// <param name="Deliver">Where they go; null: to the pool.</param>
    /// <param name="Recording">The recording that pays for it; null: none.</param>
    private readonly record struct Begun(TurnKind Kind, TimeSpan Target, int AtMost, Delivery? Deliver, SampleRecording? Recording);
}
