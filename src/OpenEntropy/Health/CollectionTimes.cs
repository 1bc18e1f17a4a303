namespace OpenEntropy.Health;

/// <summary>How long collections that gave samples took, in buckets. Its owner locks.</summary>
internal sealed class CollectionTimes
{
    // From the turns that are only mixed (0.1 ms) and those that earn (1 ms) over those on trial (20 ms) to what the harvest waits for: 50 and 250 ms.
    private static readonly double[] s_bounds = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.02, 0.05, 0.25];

    private readonly long[] _counts;
    private TimeSpan _total;

    /// <summary>None yet.</summary>
    public CollectionTimes() => _counts = new long[s_bounds.Length + 1];

    private CollectionTimes(CollectionTimes other) => (_counts, _total) = ([.. other._counts], other._total);

    /// <summary>The most each bucket but the last takes, seconds, ascending; the last takes what is longer than any.</summary>
    public static IReadOnlyList<double> Bounds => s_bounds;

    /// <summary>Collections in each bucket.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>What they took together, seconds.</summary>
    public double TotalSeconds => _total.TotalSeconds;

    /// <summary>Counts one.</summary>
    /// <param name="elapsed">How long it took.</param>
    public void Add(TimeSpan elapsed)
    {
        var bucket = 0;
        while (bucket < s_bounds.Length && elapsed.TotalSeconds > s_bounds[bucket])
            bucket++;
        _counts[bucket]++;
        _total += elapsed;
    }

    /// <summary>The counts at this moment.</summary>
    public CollectionTimes Copy() => new(this);
}
