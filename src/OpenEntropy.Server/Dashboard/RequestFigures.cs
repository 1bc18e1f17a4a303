using System.Numerics;

namespace OpenEntropy.Server.Dashboard;

/// <summary>
/// Counts requests, and while somebody watches how long each took. Each processor has counters of its own, so that requests share no line of the cache;
/// while nobody watches a request costs two additions.
/// </summary>
internal sealed class RequestFigures
{
    /// <summary>Classes of durations: eight to an octave of microseconds, so that one is told to 6 %, up to an hour.</summary>
    public const int Classes = 240;

    private const int ClassBits = 3;
    private const int MostShards = 64;

    // Before and after what is counted there is room for a line of the cache.
    private const int Room = 16;
    private const int Begun = Room;
    private const int Ended = Room + 1;
    private const int FirstClass = Room + 2;

    private readonly long[][] _shards = new long[
        BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Environment.ProcessorCount, 1, MostShards))
    ][];

    private readonly TimeProvider _time;
    private volatile bool _isWatched;

    /// <summary>No request yet.</summary>
    /// <param name="time">The clock.</param>
    public RequestFigures(TimeProvider time)
    {
        _time = time;
        for (var i = 0; i < _shards.Length; i++)
        {
            _shards[i] = new long[FirstClass + Classes + Room];
        }
    }

    /// <summary>Whether durations are told.</summary>
    public bool IsWatched
    {
        get => _isWatched;
        set => _isWatched = value;
    }

    /// <summary>A request begins.</summary>
    /// <returns>When; 0 where nobody watches.</returns>
    public long Begin()
    {
        Interlocked.Increment(ref Shard()[Begun]);
        return _isWatched ? _time.GetTimestamp() : 0;
    }

    /// <summary>A request has ended.</summary>
    /// <param name="began">When it began, as <see cref="Begin"/> said.</param>
    /// <param name="isTimed">False for what lasts as long as its client wants.</param>
    public void End(long began, bool isTimed)
    {
        var shard = Shard();
        Interlocked.Increment(ref shard[Ended]);
        if (began != 0 && isTimed)
        {
            Interlocked.Increment(ref shard[FirstClass + ClassOf(_time.GetElapsedTime(began))]);
        }
    }

    /// <summary>The counts at this moment.</summary>
    public RequestTotals Read()
    {
        var totals = new RequestTotals();
        foreach (var shard in _shards)
        {
            // In this order, so that none seems to have ended before it began.
            totals.Ended += Volatile.Read(ref shard[Ended]);
            for (var i = 0; i < Classes; i++)
            {
                totals.Durations[i] += Volatile.Read(ref shard[FirstClass + i]);
            }
        }

        totals.Begun = _shards.Sum(shard => Volatile.Read(ref shard[Begun]));
        return totals;
    }

    /// <summary>The class of a duration.</summary>
    internal static int ClassOf(TimeSpan duration)
    {
        var microseconds = (ulong)Math.Max(0, duration.TotalMicroseconds);
        if (microseconds < 1 << ClassBits)
        {
            return (int)microseconds;
        }

        var octave = BitOperations.Log2(microseconds);
        var part = (int)(microseconds >> (octave - ClassBits)) & ((1 << ClassBits) - 1);
        return Math.Min(((octave - ClassBits + 1) << ClassBits) + part, Classes - 1);
    }

    /// <summary>The middle of a class, milliseconds.</summary>
    internal static double MillisecondsOf(int index)
    {
        var octave = (index >> ClassBits) - 1;
        var microseconds = octave < 0 ? index : ((1 << ClassBits) + (index & ((1 << ClassBits) - 1)) + 0.5) * Math.Pow(2, octave);
        return microseconds / 1000;
    }

    private long[] Shard() => _shards[Thread.GetCurrentProcessorId() & (_shards.Length - 1)];
}
