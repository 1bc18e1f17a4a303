using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Randomness;

/// <summary>When a body ends for another reason than its length: the client is gone or its key has ended, or the service stops.</summary>
internal sealed class BodyEnd : IAsyncDisposable
{
    // A client that reads takes what is on its way within this; for one that does not, a stop waits no longer.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private static readonly EntropyRefusal s_stopped = new(RefusalReason.Stopped, "the service is stopping", TimeSpan.FromSeconds(1));

    private readonly HttpContext _context;
    private readonly CancellationToken _stopping;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended;
    private readonly CancellationTokenRegistration _registration;
    private readonly IDisposable? _key;
    private ITimer? _cut;

    /// <summary>Watches over one body until it is disposed, which must be before its request is over.</summary>
    /// <param name="context">Its request.</param>
    /// <param name="time">Measures the grace.</param>
    /// <param name="stopping">Cancelled when the service is asked to stop.</param>
    public BodyEnd(HttpContext context, TimeProvider time, CancellationToken stopping)
    {
        (_context, _stopping, _time) = (context, stopping, time);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        _key = context.WatchKey();
        _registration = stopping.UnsafeRegister(static end => ((BodyEnd)end!).CutLater(), this);
    }

    /// <summary>Cancelled when either happens: ends waits for the clock and for the pool, but not for the client.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>Whether the service stops.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>What a body is answered that the service stops before its first byte.</summary>
    /// <exception cref="BrokenOffException">It has begun.</exception>
    public EntropyRefusal FindRefusal() => _context.Response.HasStarted ? throw new BrokenOffException(s_stopped) : s_stopped;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _key?.Dispose();
        // In this order, so that no timer is made after it, and none fires into a request that reuses the context.
        await _registration.DisposeAsync();
        if (_cut is { } cut)
        {
            await cut.DisposeAsync();
        }

        _ended.Dispose();
    }

    private void CutLater() =>
        _cut = _time.CreateTimer(static context => ((HttpContext)context!).Abort(), _context, s_grace, Timeout.InfiniteTimeSpan);
}
