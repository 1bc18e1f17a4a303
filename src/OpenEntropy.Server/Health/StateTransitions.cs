using OpenEntropy.Health;

namespace OpenEntropy.Server.Health;

/// <summary>Remembers the states last seen and tells what has changed since, each change once, and the failures that came and went in between.</summary>
internal sealed class StateTransitions
{
    private readonly Dictionary<string, (SourceState State, long Failures)> _sources = new(StringComparer.Ordinal);
    private PoolState? _pool;

    /// <summary>Compares with the last call and remembers.</summary>
    /// <param name="status">The accounts now.</param>
    /// <returns>
    /// The source changes and the change of the whole. The first call reports the state of the whole and of the sources that have failed already, be it only for a while.
    /// </returns>
    public (IReadOnlyList<SourceTransition> Sources, PoolTransition? Pool) Observe(EntropyPoolStatus status)
    {
        var changes = new List<SourceTransition>();
        foreach (var source in status.Sources)
        {
            var failures = source.Failures.Values.Sum();
            var known = _sources.TryGetValue(source.Info.Name, out var before);
            var change = new SourceTransition(source.Info.Name, known ? before.State : null, source.State, source.Reason)
            {
                PassedFailures = IsFailed(source.State) || (known && IsFailed(before.State)) ? 0 : failures - before.Failures,
            };
            if (change.PassedFailures > 0 || (known || _pool is not null || change.IsFailure) && change.Before != change.After)
            {
                changes.Add(change);
            }

            _sources[source.Info.Name] = (source.State, failures);
        }

        var pool = _pool != status.State ? new PoolTransition(_pool, status.State, status.Reason) : null;
        _pool = status.State;
        return (changes, pool);
    }

    /// <summary>Whether a source in this state has failed.</summary>
    internal static bool IsFailed(SourceState state) => state is SourceState.Failed or SourceState.PermanentlyFailed;
}

/// <summary>A source went from one state to another, or failed and recovered in between; <see cref="Before"/> is null at the first look.</summary>
internal sealed record SourceTransition(string Name, SourceState? Before, SourceState After, string? Reason)
{
    /// <summary>Failures since the last look that neither look saw as a state.</summary>
    public long PassedFailures { get; init; }

    /// <summary>True for what an operator should look at.</summary>
    public bool IsFailure => PassedFailures > 0 || StateTransitions.IsFailed(After);
}

/// <summary>The whole went from one state to another; <see cref="Before"/> is null at the first look.</summary>
internal sealed record PoolTransition(PoolState? Before, PoolState After, string? Reason)
{
    /// <summary>True for what an operator should look at.</summary>
    public bool IsFailure => After is PoolState.Degraded or PoolState.Unhealthy;
}
