namespace OpenEntropy.Health;

/// <summary>The rule that repeated intermittent failures are a permanent one, and the counts of failures by test.</summary>
/// <param name="time">Its monotonic clock counts the span; a wall clock that is set neither forgets a failure nor adds one up.</param>
internal sealed class FailureHistory(TimeProvider time)
{
    /// <summary>Intermittent failures within <see cref="Span"/> that make a permanent one.</summary>
    public const int PermanentCount = 3;

    /// <summary>The time within which they count together.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(1);

    private readonly Queue<long> _recent = new(PermanentCount + 1);
    private long[] _aside = [];
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal)
    {
        [HealthTestNames.Repetition] = 0,
        [HealthTestNames.Proportion] = 0,
        [HealthTestNames.TotalFailure] = 0,
    };

    /// <summary>Failures since the start, by test.</summary>
    public IReadOnlyDictionary<string, long> Counts() => new SortedDictionary<string, long>(_counts, StringComparer.Ordinal);

    /// <summary>Counts a failure that never adds up to a permanent one: a source that gives nothing cannot mislead.</summary>
    public void AddTotalFailure() => _counts[HealthTestNames.TotalFailure]++;

    /// <summary>Counts the intermittent failures of one batch; whichever tests fired in it, it is one failure towards a permanent one.</summary>
    /// <param name="repetition">By the repetition count test.</param>
    /// <param name="proportion">By the adaptive proportion test.</param>
    /// <returns>True when so many came within the span that they are permanent.</returns>
    public bool AddIntermittent(int repetition, int proportion)
    {
        _counts[HealthTestNames.Repetition] += repetition;
        _counts[HealthTestNames.Proportion] += proportion;
        if (repetition + proportion > 0)
            _recent.Enqueue(time.GetTimestamp());

        // Older ones than the last few decide nothing; a source that fails for ever must not fill the memory.
        while (_recent.TryPeek(out var oldest) && (_recent.Count > PermanentCount || time.GetElapsedTime(oldest) > Span))
            _recent.Dequeue();
        return _recent.Count >= PermanentCount;
    }

    /// <summary>A drill begins: what it makes fail adds up by itself, and not to what failed before.</summary>
    public void PutAside()
    {
        _aside = [.. _recent];
        _recent.Clear();
    }

    /// <summary>The drill has ended: what failed before it counts on, the totals stay.</summary>
    public void TakeBack()
    {
        _recent.Clear();
        foreach (var failure in _aside)
            _recent.Enqueue(failure);
        _aside = [];
    }

    /// <summary>An operator enabled the source again: the past hour no longer counts, the totals stay.</summary>
    public void Forgive()
    {
        _recent.Clear();
        _aside = [];
    }
}
