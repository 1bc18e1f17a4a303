namespace OpenEntropy.Browser.Tests.Running;

/// <summary>The system's time, whose wall clock somebody sets.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _ticks;

    /// <summary>How far the wall clock is from the system's; the monotonic one never is.</summary>
    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref _ticks));
        set => Interlocked.Exchange(ref _ticks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
