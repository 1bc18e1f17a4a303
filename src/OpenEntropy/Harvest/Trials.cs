using System.Diagnostics;
using OpenEntropy.Health;

namespace OpenEntropy.Harvest;

/// <summary>
/// Begins the turns of sources on trial, as many at a time as there are processors: more would lengthen each other's turns, from which a source's
/// speed is measured. It belongs to the harvest thread.
/// </summary>
/// <param name="sources">The sources.</param>
/// <param name="order">Whose turn it is.</param>
/// <param name="turns">Takes the turns.</param>
internal sealed class Trials(IReadOnlyList<EntropySource> sources, TurnOrder order, SourceTurns turns)
{
    /// <summary>A turn that takes longer waits for its device: it is busy with nothing and makes room for another.</summary>
    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(50);

    private readonly List<(int Source, long Since)> _running = [];

    /// <summary>Begins as many as may run at a time.</summary>
    /// <param name="filling">Whether the pool wants blocks.</param>
    /// <returns>True when it began any.</returns>
    public bool BeginAll(bool filling)
    {
        var any = false;
        while (Busy() < Environment.ProcessorCount && TryBegin(filling))
            any = true;
        return any;
    }

    /// <summary>Begins one, unless one is under way.</summary>
    /// <param name="filling">Whether the pool wants blocks.</param>
    /// <returns>True when it began.</returns>
    public bool BeginOne(bool filling) => Busy() == 0 && TryBegin(filling);

    private bool TryBegin(bool filling)
    {
        if (order.NextTrial() is not { } source || turns.Take(source, TurnKind.Pool, filling) is null)
            return false;
        _running.Add((source, Stopwatch.GetTimestamp()));
        return true;
    }

    private int Busy()
    {
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            var (source, since) = _running[i];
            if (!sources[source].IsCollecting || Stopwatch.GetElapsedTime(since) > s_busy)
                _running.RemoveAt(i);
        }

        return _running.Count;
    }
}
