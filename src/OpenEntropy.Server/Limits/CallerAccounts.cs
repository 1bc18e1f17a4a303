using System.Collections.Concurrent;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Limits;

/// <summary>
/// The accounts of those who asked lately. One that is as good as new is dropped, within seconds of a caller's last request, so that what is kept grows with
/// those who use much and not with those who pass by. Addresses that come when there is no room share one account; keys and certificates, of which there
/// are as many as were given out, always have their own.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
internal sealed class CallerAccounts(IOptions<LimitsOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_sweep = TimeSpan.FromSeconds(10);

    // Between two sweeps for want of room: looking at all accounts must not become what a request costs.
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Caller, CallerAccount> _accounts = new();
    private readonly LimitsOptions _options = options.Value;
    private readonly CallerAccount _others = new(options.Value, time);
    private readonly Lock _sweeping = new();
    private ITimer? _timer;
    private bool _disposed;
    private long _swept = long.MinValue;
    private int _addresses;

    /// <summary>Callers told apart now.</summary>
    public int Count => _accounts.Count;

    /// <summary>Enters a request into its caller's account, which must be left again.</summary>
    /// <param name="caller">The caller.</param>
    /// <returns>The account; null where the caller has no limits.</returns>
    public CallerAccount? Enter(Caller caller)
    {
        if (_options.Of(caller) is not { } limits)
        {
            return null;
        }

        while (true)
        {
            var account = _accounts.TryGetValue(caller, out var known) ? known : Add(caller, limits);
            if (account.TryEnter())
            {
                return account;
            }

            // It was dropped a moment ago, and is taken out by who did it.
            Thread.Yield();
        }
    }

    /// <summary>Counts a request that is refused before it comes to its limits.</summary>
    /// <param name="context">The request; its answer tells how the limit stands.</param>
    /// <returns>Null where its caller may ask so often.</returns>
    public LimitRefusal? CountRefused(HttpContext context)
    {
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null
            || Enter(context.Caller()) is not { } account
        )
        {
            return null;
        }

        var refusal = account.TryRequest(out var level);
        account.Leave();
        if (refusal is null && account.TellsOf(level))
        {
            LimitHeaders.Set(context.Response, account.RequestLimit, level);
        }

        return refusal;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_sweeping)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private CallerAccount Add(Caller caller, CallerLimits limits)
    {
        if (caller.Kind == CallerKind.Anonymous && !TryReserve())
        {
            return _others;
        }

        var account = new CallerAccount(limits, time);
        var kept = _accounts.GetOrAdd(caller, account);
        if (kept != account)
        {
            Release(caller);
        }

        Arm();
        return kept;
    }

    private bool TryReserve()
    {
        for (var swept = false; ; swept = true)
        {
            if (Interlocked.Increment(ref _addresses) <= _options.MaximumCallers)
            {
                return true;
            }

            Interlocked.Decrement(ref _addresses);
            if (swept || !TrySweepNow())
            {
                return false;
            }
        }
    }

    private bool TrySweepNow()
    {
        lock (_sweeping)
        {
            var now = time.GetTimestamp();
            if (_swept != long.MinValue && time.GetElapsedTime(_swept, now) < s_rest)
            {
                return false;
            }

            _swept = now;
            Sweep_NeedsLock();
            return true;
        }
    }

    // No timer runs while nobody is told apart.
    private void Arm()
    {
        if (Volatile.Read(ref _timer) is null)
        {
            lock (_sweeping)
            {
                // Once disposed of, nothing is swept any more.
                _timer ??= _disposed ? null : time.CreateTimer(_ => OnTimer(), state: null, s_sweep, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnTimer()
    {
        lock (_sweeping)
        {
            _timer?.Dispose();
            Volatile.Write(ref _timer, null);
            Sweep_NeedsLock();
        }

        // Also for one that was added since and saw the old timer.
        if (!_accounts.IsEmpty)
        {
            Arm();
        }
    }

    private void Sweep_NeedsLock()
    {
        foreach (var (caller, account) in _accounts)
        {
            if (account.TryDrop() && _accounts.TryRemove(caller, out _))
            {
                Release(caller);
            }
        }
    }

    private void Release(Caller caller)
    {
        if (caller.Kind == CallerKind.Anonymous)
        {
            Interlocked.Decrement(ref _addresses);
        }
    }
}
