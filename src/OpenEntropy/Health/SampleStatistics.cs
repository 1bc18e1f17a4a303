namespace OpenEntropy.Health;

/// <summary>Histogram figures of the latest samples, for display only: credit never uses them.</summary>
internal sealed class SampleStatistics
{
    private const int WindowSamples = 65536;

    private int[] _current = new int[256];
    private int[] _complete = new int[256];
    private int _currentCount;
    private int _completeCount;

    /// <summary>Counts samples.</summary>
    /// <param name="samples">Samples of one source.</param>
    public void Add(ReadOnlySpan<byte> samples)
    {
        foreach (var sample in samples)
            _current[sample]++;
        _currentCount += samples.Length;
        if (_currentCount < WindowSamples)
            return;

        (_current, _complete) = (_complete, _current);
        _completeCount = _currentCount;
        Array.Clear(_current);
        _currentCount = 0;
    }

    /// <summary>Shannon, min- (most common value) and collision entropy of the last full window, or of what there is before the first; bits per sample.</summary>
    public (double Shannon, double Minimum, double Collision) Entropies()
    {
        var (histogram, count) = _completeCount > 0 ? (_complete, _completeCount) : (_current, _currentCount);
        if (count == 0)
            return default;

        double shannon = 0;
        double squares = 0;
        var most = 0;
        foreach (var occurrences in histogram)
        {
            if (occurrences == 0)
                continue;
            var p = (double)occurrences / count;
            shannon -= p * Math.Log2(p);
            squares += p * p;
            most = Math.Max(most, occurrences);
        }

        // + 0.0 turns the −0 of a constant source into 0.
        return (shannon + 0.0, -Math.Log2((double)most / count) + 0.0, -Math.Log2(squares) + 0.0);
    }
}
