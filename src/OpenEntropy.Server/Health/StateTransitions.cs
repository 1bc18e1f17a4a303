using OpenEntropy.Health;

namespace OpenEntropy.Server.Health;

/// <summary>Remembers the states last seen and tells what has changed since, each change once.</summary>
internal sealed class StateTransitions
{
    private readonly Dictionary<string, SourceState> _sources = new(StringComparer.Ordinal);
    private PoolState? _pool;

    /// <summary>Compares with the last call and remembers.</summary>
    /// <param name="status">The accounts now.</param>
    /// <returns>The source changes and the change of the whole. The first call reports the state of the whole alone.</returns>
    public (IReadOnlyList<SourceTransition> Sources, PoolTransition? Pool) Observe(EntropyPoolStatus status)
    {
        var first = _pool is null;
        var changes = new List<SourceTransition>();
        foreach (var source in status.Sources)
        {
            if (_sources.TryGetValue(source.Info.Name, out var before) && before != source.State)
            {
                changes.Add(new SourceTransition(source.Info.Name, before, source.State, source.Reason));
            }
            else if (!first && !_sources.ContainsKey(source.Info.Name))
            {
                changes.Add(new SourceTransition(source.Info.Name, SourceState.Unavailable, source.State, source.Reason));
            }

            _sources[source.Info.Name] = source.State;
        }

        var pool = _pool != status.State ? new PoolTransition(_pool, status.State, status.Reason) : null;
        _pool = status.State;
        return (changes, pool);
    }
}

/// <summary>A source went from one state to another.</summary>
internal sealed record SourceTransition(string Name, SourceState Before, SourceState After, string? Reason)
{
    /// <summary>True for what an operator should look at.</summary>
    public bool IsFailure => After is SourceState.Failed or SourceState.PermanentlyFailed;
}

/// <summary>The whole went from one state to another; <see cref="Before"/> is null at the first look.</summary>
internal sealed record PoolTransition(PoolState? Before, PoolState After, string? Reason)
{
    /// <summary>True for what an operator should look at.</summary>
    public bool IsFailure => After is PoolState.Degraded or PoolState.Unhealthy;
}
