using OpenEntropy.Noise;

namespace OpenEntropy.Health;

/// <content>Where the source stands, and what it may be asked for; read by the harvest.</content>
internal sealed partial class EntropySource
{
    /// <summary>
    /// How long the harvest waits for a turn of a source that earns and whose turns usually last long. A single measurement that takes longer still can
    /// never earn.
    /// </summary>
    private static readonly TimeSpan s_longestPatience = TimeSpan.FromMilliseconds(250);

    /// <summary>So many single measurements in a row that took longer than that are no mishap.</summary>
    private const int TooLongTurns = 3;

    /// <summary>What is fixed about the source.</summary>
    public NoiseSourceInfo Info { get; }

    /// <summary>Its state. Read at every turn of every other source, and so without the lock.</summary>
    public SourceState State => _judge.State;

    /// <summary>H in force, bits per sample; 0: it earns nothing.</summary>
    public double MinEntropy => _claim.MinEntropy;

    /// <summary>Credited min-entropy since the start, bits. Read by answers, and so without the lock.</summary>
    public double CreditedBits => _ledger.CreditedBits;

    /// <summary>As measured in its last turn; infinite before the first.</summary>
    public double SamplesPerSecond => _turns.SamplesPerSecond;

    /// <summary>What it would earn if it had every turn and were healthy, as measured in its last turn; infinite before the first.</summary>
    public double PotentialBitsPerSecond => MinEntropy is var bits && bits > 0 ? bits * SamplesPerSecond : 0;

    /// <summary>How quickly it gives samples, as measured last.</summary>
    public SourceSpeed Speed
    {
        get
        {
            lock (_gate)
                return _speed.Speed;
        }
    }

    /// <summary>True while its samples earn credit, and so while nothing that earns may run beside it.</summary>
    public bool Earns => State == SourceState.Healthy && MinEntropy > 0 && !IsTooLong;

    /// <summary>True while a start-up test is to be passed.</summary>
    public bool IsInTrial => State is SourceState.Starting or SourceState.Failed;

    /// <summary>True unless its speed has yet to be measured; without the lock. Where samples come only when something happens, it never is.</summary>
    public bool IsMeasured => _speed.Speed != SourceSpeed.Unknown || Info.MayBeSilent;

    /// <summary>True while it is open and nothing happened in it when it was last asked.</summary>
    public bool IsSilent => _thread.IsSilent;

    /// <summary>True while single measurements take longer than the harvest waits: it is tested and mixed, and earns nothing.</summary>
    public bool IsTooLong => Volatile.Read(ref _longTurns) >= TooLongTurns;

    /// <summary>How long its last whole turn took.</summary>
    public TimeSpan LastTurn => _last.Elapsed;

    /// <summary>True while it is on and closed, and nobody opens it.</summary>
    public bool AwaitsOpening => IsInTrial && _thread.IsClosed;

    /// <summary>True for as long as an opening that was begun may keep a processor busy.</summary>
    public bool IsOpening => _thread.IsOpening;

    /// <summary>True while a collection has begun whose samples were not taken.</summary>
    public bool IsCollecting => _thread.IsPending;

    /// <summary>True when such a collection has a result or has passed its deadline: <see cref="Take"/> then returns at once.</summary>
    public bool IsFetchable => _thread.IsFetchable;

    /// <summary>How long the collection that was taken last ran.</summary>
    public TimeSpan CollectingTime => _taken.Elapsed;

    /// <summary>Processor time that it may have used: its thread's own, and all of the time of others that were busy with it.</summary>
    public TimeSpan ProcessorTime => _taken.Processor + (_taken.Elapsed * (Info.Threads - 1));

    /// <summary>How long it would have to collect to pass its start-up test, as measured in its last turn; the longest time there is before the first.</summary>
    public TimeSpan TrialLeft => _last.Count == 0 ? TimeSpan.MaxValue : _last.Elapsed / _last.Count * _judge.Missing;

    /// <summary>Processors that one of its turns keeps busy: the most that any showed; before the first, all that it may.</summary>
    public double Load => _last.Count == 0 ? Info.Threads : _busiest + Info.Threads - 1;

    /// <summary>Called on its thread when that has opened it, collected or closed it.</summary>
    public Action? Finished
    {
        get => _thread.Finished;
        set => _thread.Finished = value;
    }

    /// <summary>Called, on any thread, when an operator has changed its state.</summary>
    public Action? Changed { get; set; }

    /// <summary>True when it may yet fill blocks: with a claim, enabled, available, not off for good, and its turns not too long.</summary>
    public bool MayEarn => MinEntropy > 0 && State is SourceState.Starting or SourceState.Healthy or SourceState.Failed && !IsTooLong;

    /// <summary>True when it earns or is about to: it is on trial, and samples come or are expected at any moment.</summary>
    public bool EarnsSoon => MayEarn && (State == SourceState.Healthy || (_thread.IsPromising && !IsSilent));

    /// <summary>Where turns usually last longer than half of what others are waited for, one of them may well last longer than the whole.</summary>
    private TimeSpan Patience => _last.Elapsed > NoiseSourceThread.Patience / 2 ? s_longestPatience : NoiseSourceThread.Patience;
}
