namespace OpenEntropy.Harvest;

/// <summary>
/// A recording of one source's raw samples, in the order in which they were taken. It is patient: it receives whole turns that the harvest takes
/// anyway, and of further turns as many as its own small budget pays. Ended by <see cref="Dispose"/>, after which nothing writes to the
/// destination.
/// </summary>
internal sealed class SampleRecording : IDisposable
{
    private readonly RecordingTap _tap;
    private readonly Memory<byte> _destination;
    private CpuBudget _budget;
    private int _count;

    /// <summary>A recording that has begun.</summary>
    /// <param name="tap">Where it is ended.</param>
    /// <param name="source">The source's index.</param>
    /// <param name="destination">Receives the samples.</param>
    /// <param name="share">Share of one core for further turns, above 0.</param>
    /// <param name="completed">Called once, on the harvest's thread, when the destination is full.</param>
    public SampleRecording(RecordingTap tap, int source, Memory<byte> destination, double share, Action? completed) =>
        (_tap, Source, _destination, _budget, Completed) = (tap, source, destination, new CpuBudget(share), completed);

    /// <summary>Paces the further turns. It belongs to the harvest thread.</summary>
    public ref CpuBudget Budget => ref _budget;

    /// <summary>The source's index.</summary>
    public int Source { get; }

    /// <summary>Samples recorded so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Samples still wanted.</summary>
    public int Remaining => _destination.Length - Count;

    /// <summary>True when the destination is full.</summary>
    public bool IsComplete => Remaining == 0;

    /// <summary>Called when the destination is full.</summary>
    public Action? Completed { get; }

    /// <summary>Appends samples. Called by the tap, under its lock.</summary>
    /// <param name="samples">At most <see cref="Remaining"/>.</param>
    public void Append(ReadOnlySpan<byte> samples)
    {
        samples.CopyTo(_destination.Span[_count..]);
        Volatile.Write(ref _count, _count + samples.Length);
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _tap.End(this);
}
