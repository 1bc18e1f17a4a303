namespace OpenEntropy.Server.Dashboard;

/// <summary>
/// The entropies of each source and of the whole over 24 hours, for display. The monotonic clock decides where a point stands, so that a wall clock that is
/// set moves no curve: it moves the times that all points are given.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class EntropyHistory(TimeProvider time)
{
    /// <summary>Sources that have a curve of their own, at most, which bounds all of them together to 1.5 MB; those that come later have none.</summary>
    public const int MostSources = 98;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<string, EntropyCurve> _sources = new(StringComparer.Ordinal);
    private readonly EntropyCurve _raw = new();
    private readonly EntropyCurve _conditioned = new();
    private DateTimeOffset _startTime = time.GetUtcNow();

    /// <summary>Bytes that the curves take.</summary>
    public int Bytes
    {
        get
        {
            lock (_lock)
            {
                return _raw.Bytes + _conditioned.Bytes + _sources.Values.Sum(curve => curve.Bytes);
            }
        }
    }

    /// <summary>Adds the accounts of this second. A source that is not healthy leaves a gap.</summary>
    /// <param name="status">The accounts.</param>
    /// <param name="drawn">Of what was drawn for the page; null where nothing was.</param>
    public void Add(EntropyPoolStatus status, Entropies? drawn)
    {
        lock (_lock)
        {
            var second = Second();
            foreach (var source in status.Sources)
            {
                if (source is { Healthy: true, Samples: > 0 } && CurveOf_NeedsLock(source.Info.Name) is { } curve)
                {
                    curve.Add(second, new Entropies(source.ShannonEntropy, source.MostCommonValueEntropy, source.CollisionEntropy));
                }
            }

            Add(_raw, second, Entropies.OfRaw(status));
            Add(_conditioned, second, drawn);
        }
    }

    /// <summary>The points of the last minutes.</summary>
    /// <param name="minutes">How many.</param>
    /// <param name="source">One source; null: the whole.</param>
    public HistoryBody Read(int minutes, string? source)
    {
        var span = minutes * 60;
        var step = EntropyCurve.StepOf(span);
        var points = span / step;
        lock (_lock)
        {
            var last = Second() / step;
            var first = StartTime_NeedsLock().ToUnixTimeSeconds() + (last - points + 1) * step;
            var raw = source is null ? _raw : _sources.GetValueOrDefault(source);
            return new HistoryBody
            {
                StepSeconds = step,
                Source = source,
                Time = [.. Enumerable.Range(0, points).Select(point => first + (long)point * step)],
                Raw = CurveBody.Of(raw?.Read(last, step, points) ?? Enumerable.Repeat<Entropies?>(null, points)),
                Conditioned = CurveBody.Of(_conditioned.Read(last, step, points)),
            };
        }
    }

    private static void Add(EntropyCurve curve, long second, Entropies? entropies)
    {
        if (entropies is { } known)
        {
            curve.Add(second, known);
        }
    }

    private long Second() => (long)time.GetElapsedTime(_start).TotalSeconds;

    private EntropyCurve? CurveOf_NeedsLock(string source)
    {
        if (!_sources.TryGetValue(source, out var curve) && _sources.Count < MostSources)
        {
            _sources[source] = curve = new EntropyCurve();
        }

        return curve;
    }

    // Kept while the clocks agree, so that the times of the points do not tremble with the moment of the question.
    private DateTimeOffset StartTime_NeedsLock()
    {
        var start = time.GetUtcNow() - time.GetElapsedTime(_start);
        return (start - _startTime).Duration() < TimeSpan.FromSeconds(1) ? _startTime : _startTime = start;
    }
}
