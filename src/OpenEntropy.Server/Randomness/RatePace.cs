namespace OpenEntropy.Server.Randomness;

/// <summary>
/// A token bucket: bytes are earned at a rate and kept up to a burst, so that in any time t at most rate · t + burst are spent, and never less in the
/// long run than rate · t by who always has some to send and wakes less than half a burst late. It belongs to one answer.
/// </summary>
internal sealed class RatePace
{
    /// <summary>The lowest rate, bytes per second.</summary>
    public const long Lowest = 1;

    /// <summary>The highest rate, bytes per second.</summary>
    public const long Highest = 1L << 30;

    // Timers tell whole milliseconds, and each part costs a wake-up.
    private const long PartsPerSecond = 20;

    // What is earned while a timer is late must not be lost.
    private const int PartsInBurst = 2;

    private readonly long _rate;
    private readonly TimeProvider _time;

    // In bytes times timestamp ticks, so that nothing is ever rounded.
    private readonly long _full;
    private long _credit;
    private long _last;

    /// <summary>A bucket with enough for the first part.</summary>
    /// <param name="rate">Bytes per second, <see cref="Lowest"/> to <see cref="Highest"/>.</param>
    /// <param name="unit">The fewest bytes that can be sent at once, 1 to 65,536.</param>
    /// <param name="time">Measures, and wakes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the unit is out of its range.</exception>
    public RatePace(long rate, int unit, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, Lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, Highest);
        ArgumentOutOfRangeException.ThrowIfLessThan(unit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unit, 65_536);
        Most = (int)Math.Max(unit, rate / PartsPerSecond);
        _rate = rate;
        _time = time;
        _full = Burst * time.TimestampFrequency;
        _credit = Most * time.TimestampFrequency;
        _last = time.GetTimestamp();
    }

    /// <summary>The most bytes that can be spent at once: what a twentieth of a second earns, or the unit.</summary>
    public int Most { get; }

    /// <summary>The most bytes that are ever saved up: what a tenth of a second earns, or two units.</summary>
    public int Burst => PartsInBurst * Most;

    /// <summary>Waits until so many bytes may be spent.</summary>
    /// <param name="bytes">At most <see cref="Most"/>.</param>
    /// <param name="ended">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more bytes than can be spent at once.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public ValueTask WaitAsync(int bytes, CancellationToken ended)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Most);
        return Lack(bytes) is { } wait ? new(WaitLongAsync(bytes, wait, ended)) : ValueTask.CompletedTask;
    }

    /// <summary>Spends bytes that were waited for.</summary>
    /// <param name="bytes">As many as were waited for, or fewer.</param>
    public void Spend(int bytes) => _credit -= bytes * _time.TimestampFrequency;

    private async Task WaitLongAsync(int bytes, TimeSpan wait, CancellationToken ended)
    {
        // A timer may fire early: then it waits for the rest.
        for (TimeSpan? left = wait; left is { } time; left = Lack(bytes))
        {
            await Task.Delay(time, _time, ended);
        }
    }

    /// <summary>How long until so many bytes may be spent, in whole milliseconds, rounded up; null where they may.</summary>
    private TimeSpan? Lack(int bytes)
    {
        var now = _time.GetTimestamp();
        var elapsed = now - _last;
        _last = now;

        // Beyond the time that fills an empty bucket the product might overflow, and would say the same.
        _credit = elapsed > _full / _rate ? _full : Math.Min(_full, _credit + (elapsed * _rate));
        var lack = (bytes * _time.TimestampFrequency) - _credit;
        return lack <= 0 ? null : TimeSpan.FromMilliseconds(DivideUp(DivideUp(lack, _rate) * 1000, _time.TimestampFrequency));
    }

    private static long DivideUp(long number, long by) => (number + by - 1) / by;
}
