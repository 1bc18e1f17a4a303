namespace OpenEntropy.Health;

/// <summary>
/// The stuck test of jitterentropy: a duration whose first, second or third difference of time is zero, that is, which is zero itself,
/// equal to the one before, or on a straight line with the two before. Such samples are mixed but earn no credit.
/// </summary>
internal struct StuckTest
{
    private byte _previous;
    private byte _previousDifference;

    /// <summary>True when the next sample is stuck.</summary>
    /// <param name="sample">A digitized duration.</param>
    public bool Next(byte sample)
    {
        var difference = (byte)(sample - _previous);
        var stuck = sample == 0 || difference == 0 || difference == _previousDifference;
        _previous = sample;
        _previousDifference = difference;
        return stuck;
    }

    /// <summary>How many of the next samples are not stuck.</summary>
    /// <param name="samples">Digitized durations.</param>
    public int CountMoving(ReadOnlySpan<byte> samples)
    {
        var moving = 0;
        foreach (var sample in samples)
            moving += Next(sample) ? 0 : 1;
        return moving;
    }
}
