using OpenEntropy.Drills;

namespace OpenEntropy.Server.Drills;

/// <summary>The drills that are on or not over yet, and the latest of those that are. Read by answers, metrics and the live page.</summary>
internal sealed class DrillBoard
{
    private const int Kept = 20;

    private readonly Lock _gate = new();
    private readonly Queue<DrillRun> _past = new(Kept);
    private readonly long[] _begun = new long[Enum.GetValues<DrillKind>().Length];
    private volatile DrillRun[] _current = [];

    /// <summary>Those that are on or not over yet, the first begun first. Never waits.</summary>
    public IReadOnlyList<DrillRun> Current => _current;

    /// <summary>Those that are over, the latest first.</summary>
    public IReadOnlyList<DrillRun> Past
    {
        get
        {
            lock (_gate)
            {
                return [.. _past.Reverse()];
            }
        }
    }

    /// <summary>Drills begun since the start.</summary>
    /// <param name="kind">Of this kind.</param>
    public long Begun(DrillKind kind) => Volatile.Read(ref _begun[(int)kind]);

    /// <summary>A drill that is on, not over yet, or over a while ago; null where none has that number.</summary>
    /// <param name="id">The number.</param>
    public DrillRun? Find(string id) => _current.Concat(Past).FirstOrDefault(run => run.Id == id);

    /// <summary>A drill began.</summary>
    public void Add(DrillRun run)
    {
        lock (_gate)
        {
            _begun[(int)run.Kind]++;
            _current = [.. _current, run];
        }
    }

    /// <summary>A drill is over.</summary>
    public void Settle(DrillRun run)
    {
        lock (_gate)
        {
            _current = [.. _current.Where(each => each != run)];
            _past.Enqueue(run);
            if (_past.Count > Kept)
            {
                _past.Dequeue();
            }
        }
    }
}
