namespace OpenEntropy.Server.Dashboard;

/// <summary>The accounts at one moment.</summary>
/// <param name="Status">The accounts.</param>
/// <param name="Taken">When, by the monotonic clock.</param>
/// <param name="DrawnForPage">Of the bytes given out, those that the page was given.</param>
internal sealed record StatusSample(EntropyPoolStatus Status, long Taken, long DrawnForPage);

/// <summary>
/// The accounts as they were taken last and before that, once a second by whoever takes them anyway, so that the page costs the service no accounts of
/// its own. Each goes into the history, with the entropies of output that is drawn for it.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="output">What is drawn for the page.</param>
/// <param name="history">Keeps the entropies.</param>
/// <param name="time">The clock.</param>
internal sealed class StatusFeed(EntropyPool pool, PageOutput output, EntropyHistory history, TimeProvider time)
{
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(1.5);

    private readonly Lock _lock = new();
    private StatusSample? _latest;
    private StatusSample? _before;

    /// <summary>Takes in the accounts of this moment.</summary>
    /// <param name="status">The accounts.</param>
    public void Add(EntropyPoolStatus status)
    {
        lock (_lock)
        {
            Add_NeedsLock(status);
        }

        output.Measure(); // after what was drawn so far is noted, as these accounts have it
        history.Add(status, output.Entropies);
    }

    /// <summary>The latest accounts and those before; taken now where nobody has lately.</summary>
    public (StatusSample Latest, StatusSample? Before) Read()
    {
        lock (_lock)
        {
            if (_latest is { } latest && time.GetElapsedTime(latest.Taken) < s_stale)
            {
                return (latest, _before);
            }
        }

        Add(pool.Status);
        lock (_lock)
        {
            return (_latest!, _before);
        }
    }

    // Two of nearly the same moment tell no rate.
    private void Add_NeedsLock(EntropyPoolStatus status)
    {
        var sample = new StatusSample(status, time.GetTimestamp(), output.Drawn);
        if (_latest is { } latest && time.GetElapsedTime(latest.Taken, sample.Taken) > TimeSpan.FromSeconds(0.2))
        {
            _before = latest;
        }

        _latest = sample;
    }
}
