using OpenEntropy.Health;

namespace OpenEntropy.Harvest;

/// <summary>
/// Begins the turns of sources on trial, while the pool wants blocks as many at a time as there are processors: more that are busy would lengthen
/// each other's turns, from which a source's speed is measured. It belongs to the harvest thread.
/// </summary>
/// <param name="sources">The sources.</param>
/// <param name="order">Whose turn it is.</param>
/// <param name="turns">Takes the turns.</param>
/// <param name="time">Tells which take long.</param>
internal sealed class Trials(IReadOnlyList<EntropySource> sources, TurnOrder order, SourceTurns turns, TimeProvider time)
{
    /// <summary>A turn that takes longer waits for its device: it is busy with nothing and makes room for another.</summary>
    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(50);

    private readonly List<(int Source, long Since)> _running = [];

    /// <summary>True while one is busy.</summary>
    public bool AnyUnderWay => Busy() > 0;

    /// <summary>Begins as many as may run at a time.</summary>
    /// <param name="kind">The pool's, or only those that are the source's first.</param>
    /// <returns>True when it began any.</returns>
    public bool BeginAll(TurnKind kind)
    {
        var any = false;
        while (Busy() < Environment.ProcessorCount && TryBegin(kind, filling: true))
            any = true;
        return any;
    }

    /// <summary>Begins one while the pool is full, unless one is under way.</summary>
    /// <returns>True when it began.</returns>
    public bool BeginOne() => Busy() == 0 && TryBegin(TurnKind.Pool, filling: false);

    private bool TryBegin(TurnKind kind, bool filling)
    {
        if (order.NextTrial(first: kind == TurnKind.FirstTrial) is not { } source || turns.Take(source, kind, filling) is null)
            return false;
        _running.Add((source, time.GetTimestamp()));
        return true;
    }

    private int Busy()
    {
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            var (source, since) = _running[i];
            if (!sources[source].IsCollecting || time.GetElapsedTime(since) > s_busy)
                _running.RemoveAt(i);
        }

        return _running.Count;
    }
}
