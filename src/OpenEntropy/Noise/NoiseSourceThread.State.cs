using System.Diagnostics;

namespace OpenEntropy.Noise;

/// <content>What the thread is at.</content>
internal sealed partial class NoiseSourceThread
{
    /// <summary>How long a source in which nothing happened is left alone.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(20);

    /// <summary>An opening that takes longer is not one to wait for.</summary>
    private static readonly TimeSpan s_promptOpening = TimeSpan.FromSeconds(3);

    /// <summary>An opening that takes longer waits for its device and keeps no processor busy.</summary>
    private static readonly TimeSpan s_busyOpening = TimeSpan.FromMilliseconds(100);

    /// <summary>True while the source is open and nothing runs on its thread.</summary>
    public bool IsReady => _session.IsOpen && _done.IsSet && !_abandoned && !(_silent && Stopwatch.GetElapsedTime(_rested) < s_rest);

    /// <summary>True while the source is not open, nothing runs on its thread and nothing waits to be taken.</summary>
    public bool IsClosed => !_session.IsOpen && _done.IsSet && !_pending;

    /// <summary>True for as long as an opening that was begun may keep a processor busy.</summary>
    public bool IsOpening => IsAtWork(Work.Open) && _watch.Elapsed < s_busyOpening;

    /// <summary>True while the source is open and works, or is on the way: about to be opened, or in an opening that has neither failed nor takes long.</summary>
    public bool IsPromising =>
        !IsStuck
        && !_abandoned
        && (_session.IsOpen || IsClosed || (IsAtWork(Work.Open) && _session.Error is null && _watch.Elapsed < s_promptOpening));

    /// <summary>True while its thread is busy with something of which it was told that it hangs.</summary>
    public bool IsStuck => !_done.IsSet && (_watch.HangIsTold || _session.Openings.IsStuck);

    /// <summary>True while the source is open and nothing happened in it when it was last asked.</summary>
    public bool IsSilent => _silent && _session.IsOpen;

    /// <summary>True while a collection that the harvest did not wait for has a result or has passed its deadline.</summary>
    public bool IsFetchable => _pending && (_done.IsSet || _watch.Elapsed >= _deadline);

    /// <summary>True while a collection has begun whose result was not taken.</summary>
    public bool IsPending => _pending;

    /// <summary>How long the one sample of the last opening took.</summary>
    public TimeSpan FirstSample => _session.FirstSample;

    /// <summary>Called on the source's thread when a piece of its work is done.</summary>
    public Action? Finished { get; set; }

    /// <summary>Why the source is not open, in one clause; null when no attempt failed.</summary>
    public string? OpenError => _session.Error;
}
