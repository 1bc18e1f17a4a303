namespace OpenEntropy.Evidence.Correlation;

/// <summary>Measurements of one source, each with the time of its middle. Filled on the source's thread, read when that is idle.</summary>
/// <param name="capacity">The most there can be.</param>
internal sealed class TimedSeries(int capacity)
{
    private readonly long[] _times = new long[capacity];
    private readonly long[] _values = new long[capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>True when no more fit.</summary>
    public bool IsFull => Count == _times.Length;

    /// <summary>When each was taken, ticks, rising.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The measurements.</summary>
    public ReadOnlySpan<long> Values => _values.AsSpan(0, Count);

    /// <summary>Adds a measurement.</summary>
    /// <param name="time">Not before that of the last one.</param>
    /// <param name="value">The measurement.</param>
    public void Add(long time, long value)
    {
        (_times[Count], _values[Count]) = (time, value);
        Count++;
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear() => Count = 0;
}
