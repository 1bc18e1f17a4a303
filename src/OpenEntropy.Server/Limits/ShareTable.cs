using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Limits;

/// <summary>
/// Whose the pool's seed blocks are, while several ask for them. A caller counts for as long as its window since it last asked, and k callers divide what the pool
/// holds: what comes in goes to all of them in equal parts, until each has capacity / k, the most that anyone saves up; what one cannot keep goes to the others, and
/// one alone has all. A newcomer gets a k-th of what the others have. Each takes its own alone, so that n blocks are there for whoever waits for
/// them after n · k / rate at the latest, whatever the others ask.
/// </summary>
/// <param name="capacity">Blocks the pool can hold.</param>
/// <param name="window">For how long a caller counts.</param>
/// <param name="time">The clock.</param>
internal sealed class ShareTable(int capacity, TimeSpan window, TimeProvider time)
{
    /// <summary>Addresses that divide the pool, beside keys and certificates, of which there are as many as were given out; those beyond are one among them.</summary>
    public const int MostCallers = 256;

    private static readonly Caller s_others = new(CallerKind.Anonymous, "");

    private readonly Lock _lock = new();
    private readonly Dictionary<Caller, Share> _shares = [];
    private int _pending;
    private int _lastAvailable;
    private int _addresses;

    /// <summary>Takes blocks out of a caller's share. <see cref="Settle"/> must follow.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="available">Tells what the pool holds.</param>
    /// <param name="level">The caller's share, before it is taken from.</param>
    public bool TryGrant(Caller caller, int blocks, Func<int> available, out ShareLevel level)
    {
        lock (_lock)
        {
            var share = Touch_NeedsLock(ref caller, available);
            level = new ShareLevel(share.Credit, _shares.Count, LastOfOthers_NeedsLock(share));
            if (!level.Has(blocks))
            {
                return false;
            }

            share.Credit -= blocks;
            _pending += blocks;
            return true;
        }
    }

    /// <summary>A caller's share; it counts from now on.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="available">Tells what the pool holds.</param>
    public ShareLevel Look(Caller caller, Func<int> available)
    {
        lock (_lock)
        {
            var share = Touch_NeedsLock(ref caller, available);
            return new ShareLevel(share.Credit, _shares.Count, LastOfOthers_NeedsLock(share));
        }
    }

    /// <summary>Says what became of granted blocks.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="taken">Whether the pool gave them.</param>
    public void Settle(Caller caller, int blocks, bool taken)
    {
        lock (_lock)
        {
            _pending -= blocks;
            if (!taken && (_shares.TryGetValue(caller, out var share) || _shares.TryGetValue(s_others, out share)))
            {
                share.Credit += blocks;
            }
        }
    }

    /// <summary>
    /// Lets a caller's share wait for it until it was told to come back, and a window longer, but for no more than two windows: a few requests must not make the
    /// shares of all others smaller for long.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="wait">When it was told to.</param>
    public void Keep(Caller caller, TimeSpan wait)
    {
        lock (_lock)
        {
            if (_shares.TryGetValue(caller, out var share))
            {
                share.Until = Later(wait < window ? wait + window : 2 * window);
            }
        }
    }

    private Share Touch_NeedsLock(ref Caller caller, Func<int> available)
    {
        Forget_NeedsLock();
        Balance_NeedsLock(available());
        if (!_shares.TryGetValue(caller, out var share))
        {
            caller = caller.Kind != CallerKind.Anonymous || _addresses < MostCallers ? caller : s_others;
            share = _shares.TryGetValue(caller, out var known) ? known : Join_NeedsLock(caller);
        }

        share.Until = Math.Max(share.Until, Later(window));
        return share;
    }

    private Share Join_NeedsLock(Caller caller)
    {
        var callers = _shares.Count + 1;
        var sum = 0.0;
        foreach (var each in _shares.Values)
        {
            sum += each.Credit;
            each.Credit *= (callers - 1.0) / callers;
        }

        var share = new Share { Credit = sum / callers };
        _shares.Add(caller, share);
        _addresses += caller.Kind == CallerKind.Anonymous ? 1 : 0;
        Balance_NeedsLock(_lastAvailable);
        return share;
    }

    private void Forget_NeedsLock()
    {
        var now = time.GetTimestamp();
        foreach (var (caller, share) in _shares)
        {
            if (share.Until <= now)
            {
                _shares.Remove(caller); // which a dictionary allows while it is gone through
                _addresses -= caller.Kind == CallerKind.Anonymous ? 1 : 0;
            }
        }
    }

    private void Balance_NeedsLock(int available)
    {
        _lastAvailable = available;
        ShareBalance.Restore(_shares.Values, capacity, available, _pending);
    }

    private TimeSpan LastOfOthers_NeedsLock(Share own)
    {
        var last = 0L;
        foreach (var share in _shares.Values)
        {
            last = share == own ? last : Math.Max(last, share.Until);
        }

        return last == 0 ? TimeSpan.Zero : time.GetElapsedTime(time.GetTimestamp(), last);
    }

    private long Later(TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
}
