namespace OpenEntropy.Server.Metrics;

/// <summary>The pool's accounts, taken once for all instruments of a scrape, so that its figures agree with each other.</summary>
/// <param name="read">Takes the accounts.</param>
/// <param name="time">The clock.</param>
internal sealed class StatusSnapshot(Func<EntropyPoolStatus> read, TimeProvider time)
{
    // For listeners other than the scrape, which do not call Refresh.
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private EntropyPoolStatus? _status;
    private long _taken;

    /// <summary>The accounts, at most a second old.</summary>
    public EntropyPoolStatus Current
    {
        get
        {
            lock (_lock)
            {
                return _status is { } status && time.GetElapsedTime(_taken) < MaximumAge ? status : Refresh_NeedsLock();
            }
        }
    }

    /// <summary>Takes the accounts anew.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            Refresh_NeedsLock();
        }
    }

    private EntropyPoolStatus Refresh_NeedsLock()
    {
        _taken = time.GetTimestamp();
        return _status = read();
    }
}
