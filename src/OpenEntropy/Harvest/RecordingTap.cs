namespace OpenEntropy.Harvest;

/// <summary>
/// Diverts whole turns of one source to a recording. Like all that is diverted, its samples earn no credit and enter no block; unlike raw output
/// it is in no hurry: it takes its share of the source's turns, and none at all for which another turn of the source was not kept.
/// </summary>
internal sealed class RecordingTap : IDisposable
{
    /// <summary>Turns of the source that are kept before one is recorded: every other turn.</summary>
    private const int KeptTurns = 1;

    /// <summary>The same while the pool wants blocks: one turn in eight.</summary>
    private const int KeptTurnsWhileFilling = 7;

    private readonly Lock _gate = new();
    private volatile SampleRecording? _current;
    private int _kept;

    /// <summary>The recording under way; null for none.</summary>
    public SampleRecording? Current => _current;

    /// <summary>Begins a recording; there is one at a time.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="destination">Receives the samples; its length is how many are wanted, at least 1.</param>
    /// <param name="share">Share of one core for further turns, above 0.</param>
    /// <param name="completed">Called once, on the harvest's thread, when the destination is full.</param>
    /// <exception cref="InvalidOperationException">Another is under way.</exception>
    public SampleRecording Begin(int source, Memory<byte> destination, double share, Action? completed)
    {
        if (destination.IsEmpty)
            throw new ArgumentException("A recording has at least one sample.", nameof(destination));
        lock (_gate)
        {
            if (_current is not null)
                throw new InvalidOperationException("A recording is under way; there is one at a time.");
            _kept = 0;
            return _current = new SampleRecording(this, source, destination, share, completed);
        }
    }

    /// <summary>The most samples of a source's next turn that a recording may take; 0: the turn is the pool's.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="filling">Whether the pool wants blocks.</param>
    public int AtMost(int source, bool filling)
    {
        if (_current is not { } recording || recording.Source != source)
            return 0;
        lock (_gate)
            return _kept >= (filling ? KeptTurnsWhileFilling : KeptTurns) ? recording.Remaining : 0;
    }

    /// <summary>A turn of this source gave samples, and they went to the pool.</summary>
    /// <param name="source">The source's index.</param>
    public void Kept(int source)
    {
        if (_current?.Source != source)
            return;
        lock (_gate)
            _kept++;
    }

    /// <summary>Records a turn; what is wanted no more is lost.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="samples">Its samples; none where the turn gave none.</param>
    public void Deliver(int source, ReadOnlySpan<byte> samples)
    {
        SampleRecording recording;
        lock (_gate)
        {
            if (_current is null || _current.Source != source)
                return;
            recording = _current;

            // A slow source's collection takes one turn to begin and another to fetch: only the one that gave samples was recorded.
            if (samples.Length == 0 || recording.IsComplete)
                return;
            _kept = 0;
            recording.Append(samples[..Math.Min(samples.Length, recording.Remaining)]);
        }

        if (recording.IsComplete)
            recording.Completed?.Invoke();
    }

    /// <summary>Ends the recording under way.</summary>
    public void Dispose() => _current?.Dispose();

    /// <summary>Ends a recording.</summary>
    /// <param name="recording">The recording.</param>
    public void End(SampleRecording recording)
    {
        lock (_gate)
        {
            if (_current == recording)
                _current = null;
        }
    }
}
