namespace OpenEntropy.Server.Dashboard;

/// <summary>What the counts of requests say of the latest seconds.</summary>
/// <param name="time">The clock.</param>
internal sealed class RequestWindow(TimeProvider time)
{
    // Latencies of one second alone would jump where requests are few.
    private const int LatencySeconds = 10;

    private readonly Queue<(long Taken, RequestTotals Totals)> _past = new();
    private (long Taken, RequestTotals Totals)? _before;

    /// <summary>Requests that ended in the last interval, per second; null at the first look.</summary>
    public double? PerSecond { get; private set; }

    /// <summary>Looks at the counts; called about once a second.</summary>
    /// <param name="totals">The counts.</param>
    public void Add(RequestTotals totals)
    {
        var now = time.GetTimestamp();
        PerSecond = _before is { } before ? Rate(totals.Ended - before.Totals.Ended, time.GetElapsedTime(before.Taken, now)) : null;
        _before = (now, totals);
        _past.Enqueue((now, totals));
        while (_past.Count > LatencySeconds + 1)
        {
            _past.Dequeue();
        }
    }

    /// <summary>The duration that this share of the latest ten seconds' requests did not exceed, milliseconds; null where there were none.</summary>
    /// <param name="share">0 to 1.</param>
    public double? Latency(double share)
    {
        if (_before is not { } latest)
        {
            return null;
        }

        var (first, last) = (_past.Peek().Totals.Durations, latest.Totals.Durations);
        var all = last.Sum() - first.Sum();
        var wanted = (long)Math.Ceiling(all * share);
        for (var i = 0; all > 0 && i < last.Length; i++)
        {
            wanted -= last[i] - first[i];
            if (wanted <= 0)
            {
                return Math.Round(RequestFigures.MillisecondsOf(i), 3);
            }
        }

        return null;
    }

    /// <summary>Forgets everything: what comes next is a first look.</summary>
    public void Clear()
    {
        _past.Clear();
        (_before, PerSecond) = (null, null);
    }

    /// <summary>A count per second, to a tenth; null where no time has passed.</summary>
    internal static double? Rate(double count, TimeSpan elapsed) =>
        elapsed > TimeSpan.Zero ? Math.Round(Math.Max(0, count) / elapsed.TotalSeconds, 1) : null;
}
