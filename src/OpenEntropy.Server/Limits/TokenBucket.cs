using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Limits;

/// <summary>
/// A bucket of tokens that fills evenly, kept as one number: the moment at which it is full again. Taking a token moves that moment on by what the token
/// takes to earn (the generic cell rate algorithm, ITU-T I.371, A), so that nothing has to be replenished, no timer runs and no lock is held. In any
/// time t at most capacity + rate · t are taken.
/// </summary>
internal sealed class TokenBucket
{
    private readonly TimeProvider _time;
    private readonly double _ticksPerToken;
    private readonly long _full;
    private long _fullAt = long.MinValue;

    /// <summary>A full bucket.</summary>
    /// <param name="capacity">Tokens it holds, at least 1.</param>
    /// <param name="earned">Tokens earned in <paramref name="period"/>, at least 1.</param>
    /// <param name="period">The time in which they are.</param>
    /// <param name="time">The clock.</param>
    public TokenBucket(long capacity, long earned, TimeSpan period, TimeProvider time)
    {
        _time = time;
        _ticksPerToken = period.TotalSeconds * time.TimestampFrequency / earned;
        Capacity = capacity;
        _full = TicksOf(capacity);
    }

    /// <summary>Tokens it holds.</summary>
    public long Capacity { get; }

    /// <summary>Whether it is as good as new.</summary>
    public bool IsFull => Volatile.Read(ref _fullAt) <= _time.GetTimestamp();

    /// <summary>How full it is.</summary>
    public BucketLevel Level
    {
        get
        {
            var now = _time.GetTimestamp();
            return LevelAt(Math.Max(now, Volatile.Read(ref _fullAt)) - now);
        }
    }

    /// <summary>Takes tokens, all or none.</summary>
    /// <param name="tokens">How many, at least 0.</param>
    /// <param name="level">What is there after that.</param>
    /// <returns>Null where they are taken, otherwise how long until they can be; <see cref="TimeSpan.MaxValue"/> for more than it ever holds.</returns>
    public TimeSpan? TryTake(long tokens, out BucketLevel level) => TryTake(tokens, takes: true, out level);

    /// <summary>Says what <see cref="TryTake(long, out BucketLevel)"/> would, and takes nothing.</summary>
    /// <param name="tokens">How many, at least 0.</param>
    /// <param name="level">What is there.</param>
    public TimeSpan? FindWait(long tokens, out BucketLevel level) => TryTake(tokens, takes: false, out level);

    /// <summary>Takes tokens that were used already, also where there are too few: the rest is owed.</summary>
    /// <param name="tokens">How many; fewer than 0 gives back what was taken and not used.</param>
    public void Charge(long tokens)
    {
        var ticks = tokens < 0 ? -TicksOf(-tokens) : TicksOf(tokens);
        for (var now = _time.GetTimestamp(); ; )
        {
            var before = Volatile.Read(ref _fullAt);
            var from = Math.Max(now, before);
            if (Interlocked.CompareExchange(ref _fullAt, from + ticks, before) == before)
            {
                return;
            }
        }
    }

    private TimeSpan? TryTake(long tokens, bool takes, out BucketLevel level)
    {
        if (tokens > Capacity)
        {
            level = Level;
            return TimeSpan.MaxValue;
        }

        var ticks = TicksOf(tokens);
        for (var now = _time.GetTimestamp(); ; )
        {
            var before = Volatile.Read(ref _fullAt);
            var missing = Math.Max(now, before) - now;
            if (missing + ticks > _full)
            {
                level = LevelAt(missing);
                return _time.GetElapsedTime(0, missing + ticks - _full);
            }

            if (!takes || Interlocked.CompareExchange(ref _fullAt, now + missing + ticks, before) == before)
            {
                level = LevelAt(takes ? missing + ticks : missing);
                return null;
            }
        }
    }

    // Rounded up, so that no more is ever earned than said.
    private long TicksOf(long tokens) => (long)Math.Ceiling(tokens * _ticksPerToken);

    private BucketLevel LevelAt(long missing) =>
        new(Math.Max(0, (long)((_full - missing) / _ticksPerToken)), (missing + _time.TimestampFrequency - 1) / _time.TimestampFrequency);
}

/// <summary>How full a bucket is.</summary>
/// <param name="Left">Tokens in it.</param>
/// <param name="SecondsToFull">Whole seconds until it is full, rounded up.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BucketLevel(long Left, long SecondsToFull);
