namespace OpenEntropy.Http.Tests;

/// <summary>A clock on which a wait of up to half a minute is over at once, and a longer one never.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>The waits that were over at once.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero && dueTime <= s_longest)
        {
            lock (Waits)
                Waits.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
