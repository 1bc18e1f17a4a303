using OpenEntropy.Health;

namespace OpenEntropy.Harvest;

/// <summary>
/// Begins the turns of sources on trial, while the pool wants blocks as many at a time as keep all processors busy: more would lengthen each other's
/// turns, from which a source's speed is measured. One that waits, for a timer or a disk, finds room beside those. It belongs to the harvest thread.
/// </summary>
/// <param name="sources">The sources.</param>
/// <param name="order">Whose turn it is.</param>
/// <param name="turns">Takes the turns.</param>
/// <param name="time">Tells which take long.</param>
internal sealed class Trials(IReadOnlyList<EntropySource> sources, TurnOrder order, SourceTurns turns, TimeProvider time)
{
    /// <summary>A turn that takes longer waits for its device: it is busy with nothing and makes room for another.</summary>
    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(50);

    /// <summary>The least that a turn counts as, in processors: one that waits wakes up, and many that wait for one device lengthen each other.</summary>
    private const double LeastLoad = 0.25;

    /// <summary>Processors by which those that begin may exceed those that there are.</summary>
    private const double Tolerance = 0.5;

    private readonly List<(int Source, long Since)> _running = [];

    /// <summary>True while one is busy.</summary>
    public bool AnyUnderWay => Load() > 0;

    /// <summary>Begins as many as may run at a time.</summary>
    /// <param name="kind">The pool's, or only those that are the source's first.</param>
    /// <param name="longestFirst">Those first that take longest, so that all are over soonest; otherwise each in turn.</param>
    /// <returns>True when it began any.</returns>
    public bool BeginAll(TurnKind kind, bool longestFirst = false)
    {
        var any = false;
        while (TryBegin(kind, longestFirst))
            any = true;
        return any;
    }

    /// <summary>Begins one while the pool is full, unless one is under way.</summary>
    /// <returns>True when it began.</returns>
    public bool BeginOne() => Load() == 0 && TryBegin(order.NextTrial(), TurnKind.Pool, filling: false);

    private bool TryBegin(TurnKind kind, bool longestFirst)
    {
        var room = Environment.ProcessorCount + Tolerance - Load();
        return longestFirst
            ? TryBegin(order.LongestTrial(room), TurnKind.Pool, filling: true)
            : TryBegin(order.NextTrial(first: kind == TurnKind.FirstTrial, room), kind, filling: true);
    }

    private bool TryBegin(int? next, TurnKind kind, bool filling)
    {
        if (next is not { } source || turns.Take(source, kind, filling) is null)
            return false;
        _running.Add((source, time.GetTimestamp()));
        return true;
    }

    /// <summary>Processors that they keep busy.</summary>
    private double Load()
    {
        double load = 0;
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            var (source, since) = _running[i];
            if (!sources[source].IsCollecting || time.GetElapsedTime(since) > s_busy)
                _running.RemoveAt(i);
            else
                load += Math.Max(LeastLoad, sources[source].Load);
        }

        return load;
    }
}
