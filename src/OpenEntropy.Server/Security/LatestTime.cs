namespace OpenEntropy.Server.Security;

/// <summary>The wall clock that goes back by less than a second at most: a clock that is set back must not bring back what has ended.</summary>
/// <param name="time">The clock.</param>
internal sealed class LatestTime(TimeProvider time)
{
    private long _ticks;

    /// <summary>The latest time that was read here.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow().UtcTicks;
            var latest = Volatile.Read(ref _ticks);
            // Noted once a second, so that many requests do not write what all processors read.
            while (now - latest >= TimeSpan.TicksPerSecond)
            {
                var found = Interlocked.CompareExchange(ref _ticks, now, latest);
                latest = found == latest ? now : found;
            }

            return new DateTimeOffset(Math.Max(now, latest), TimeSpan.Zero);
        }
    }
}
