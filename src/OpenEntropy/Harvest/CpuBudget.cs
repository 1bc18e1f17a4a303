using System.Diagnostics;

namespace OpenEntropy.Harvest;

/// <summary>Paces work so that it takes at most a share of one core: after work of length t the next is due t / share later.</summary>
/// <param name="share">0 to 1.</param>
internal struct CpuBudget(double share)
{
    private long _due;

    /// <summary>Time until the next work is due; zero when it is.</summary>
    public readonly TimeSpan Wait
    {
        get
        {
            var left = _due - Stopwatch.GetTimestamp();
            return left > 0 ? Stopwatch.GetElapsedTime(0, left) : TimeSpan.Zero;
        }
    }

    /// <summary>There was nothing to do: the next work is due after a pause.</summary>
    /// <param name="pause">How long.</param>
    public void Defer(TimeSpan pause) => _due = Stopwatch.GetTimestamp() + Ticks(pause);

    /// <summary>Accounts for work that was done beside: what is due comes later by that much.</summary>
    /// <param name="cost">Processor time that it used.</param>
    public void Add(TimeSpan cost) => _due = Math.Max(_due, Stopwatch.GetTimestamp()) + Ticks(cost / share);

    /// <summary>Accounts for work that has just ended. It never brings forward what other work has put off.</summary>
    /// <param name="cost">Processor time it may have used.</param>
    public void Spend(TimeSpan cost) => _due = Math.Max(_due, Stopwatch.GetTimestamp() + Ticks((cost / share) - cost));

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
