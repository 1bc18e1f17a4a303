namespace OpenEntropy.Cli.Streaming;

/// <summary>Keeps a number of bytes a second. What a reader that paused did not take is not made up for: a portion at most.</summary>
/// <param name="rate">Bytes a second; null: any number.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(long? rate, TimeProvider time)
{
    // Often enough that nobody sees it stop, seldom enough to cost nothing.
    private const int PortionsPerSecond = 20;

    private long? _start;
    private double _given;

    /// <summary>The most bytes that are given at once.</summary>
    public long Portion { get; } = rate is { } limit ? Math.Max(1, limit / PortionsPerSecond) : long.MaxValue;

    /// <summary>Waits until the bytes given before are paid for, and counts further ones.</summary>
    /// <param name="bytes">How many follow.</param>
    /// <param name="end">Ends the wait.</param>
    public async ValueTask SpendAsync(int bytes, CancellationToken end)
    {
        if (rate is not { } limit)
            return;
        _start ??= time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_start.Value).TotalSeconds;
        _given = Math.Max(_given, elapsed * limit - Portion);
        var wait = TimeSpan.FromSeconds(_given / limit - elapsed);
        _given += bytes;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, end);
    }
}
