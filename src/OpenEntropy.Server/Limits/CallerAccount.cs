using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace OpenEntropy.Server.Limits;

/// <summary>
/// What one caller has used of its limits. It counts the requests that are under way, so that no account is dropped while one of them may still be charged
/// to it.
/// </summary>
internal sealed class CallerAccount
{
    // Far below what requests under way can bring up to 0.
    private const int Closed = int.MinValue / 2;

    // Three headers more are the larger part of what limits cost a request.
    private const int Plenty = 1000;

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(10);

    private readonly CallerLimits _limits;
    private readonly TokenBucket? _requests;
    private readonly TokenBucket? _bytes;
    private int _underWay;
    private int _streams;

    /// <summary>An account of which nothing is used.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="time">The clock.</param>
    public CallerAccount(CallerLimits limits, TimeProvider time)
    {
        _limits = limits;
        _requests = limits.RequestsPerSecond > 0 ? new TokenBucket(limits.Burst, limits.RequestsPerSecond, s_second, time) : null;
        _bytes = limits.BytesPerDay > 0 ? new TokenBucket(limits.BytesPerDay, limits.BytesPerDay, s_day, time) : null;
        RequestLimit = limits.Burst.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The most requests at once, as a header has it.</summary>
    public StringValues RequestLimit { get; }

    /// <summary>Whether an answer tells how the limit of requests stands: where so many are left, nobody has to slow down.</summary>
    /// <param name="level">What is left.</param>
    public bool TellsOf(BucketLevel level) => _requests is not null && level.Left < Plenty;

    /// <summary>Bytes left of the day.</summary>
    public long BytesLeft => _bytes?.Level.Left ?? long.MaxValue;

    /// <summary>Requests under way.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Streams open.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Whether nothing is under way and all is as in a new account.</summary>
    public bool IsIdle => Volatile.Read(ref _underWay) == 0 && _requests is not { IsFull: false } && _bytes is not { IsFull: false };

    /// <summary>A request begins. <see cref="Leave"/> ends it.</summary>
    /// <returns>False where the account was dropped.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _underWay) > 0)
        {
            return true;
        }

        Interlocked.Decrement(ref _underWay);
        return false;
    }

    /// <summary>A request ends.</summary>
    public void Leave() => Interlocked.Decrement(ref _underWay);

    /// <summary>Drops the account, if nothing is lost with it.</summary>
    public bool TryDrop() => IsIdle && Interlocked.CompareExchange(ref _underWay, Closed, 0) == 0;

    /// <summary>Counts a request.</summary>
    /// <param name="level">What is left of requests; nothing where they are not limited.</param>
    public LimitRefusal? TryRequest(out BucketLevel level)
    {
        level = default;
        return _requests?.TryTake(1, out level) is { } wait
            ? new LimitRefusal(
                LimitKind.Requests,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"this caller may ask {_limits.RequestsPerSecond} times a second, and {_limits.Burst} times at once"
                ),
                wait,
                _limits.Burst,
                level
            )
            : null;
    }

    /// <summary>Gives a request back that was counted and then refused.</summary>
    public void ReturnRequest() => _requests?.Charge(-1);

    /// <summary>Takes bytes, or finds out whether they could be taken.</summary>
    /// <param name="bytes">At most <see cref="CallerLimits.BytesPerDay"/> can ever be.</param>
    /// <param name="takes">Whether to take them.</param>
    public LimitRefusal? TryBytes(long bytes, bool takes)
    {
        var level = default(BucketLevel);
        var wait = takes ? _bytes?.TryTake(bytes, out level) : _bytes?.FindWait(bytes, out level);
        return wait is { } time ? RefuseBytes(bytes, time, level) : null;
    }

    /// <summary>The refusal of so many bytes, also where they could be taken by now.</summary>
    /// <param name="bytes">How many.</param>
    public LimitRefusal RefuseBytes(long bytes)
    {
        var level = default(BucketLevel);
        return RefuseBytes(bytes, _bytes?.FindWait(bytes, out level) ?? TimeSpan.Zero, level);
    }

    /// <summary>Charges bytes that were given, or gives back (fewer than 0) what was taken and not given.</summary>
    /// <param name="bytes">How many.</param>
    public void Charge(long bytes) => _bytes?.Charge(bytes);

    /// <summary>A stream begins. <see cref="CloseStream"/> ends it.</summary>
    public LimitRefusal? TryOpenStream()
    {
        if (Interlocked.Increment(ref _streams) <= _limits.Streams || _limits.Streams == 0)
        {
            return null;
        }

        CloseStream();
        return new LimitRefusal(
            LimitKind.Streams,
            string.Create(
                CultureInfo.InvariantCulture,
                $"this caller may have {_limits.Streams} streams and other long answers open at once"
            ),
            s_lookAgain,
            _limits.Streams,
            default
        );
    }

    /// <summary>A stream ends.</summary>
    public void CloseStream() => Interlocked.Decrement(ref _streams);

    private LimitRefusal RefuseBytes(long bytes, TimeSpan wait, BucketLevel level) =>
        new(
            LimitKind.Bytes,
            string.Create(
                CultureInfo.InvariantCulture,
                $"this caller may have {_limits.BytesPerDay} random bytes in a day; {level.Left} are left, and this asks for {bytes}"
            ),
            wait,
            _limits.BytesPerDay,
            level
        );
}
