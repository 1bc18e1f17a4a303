namespace OpenEntropy.Server.Security.Keys;

/// <summary>An answer that lasts, and is to last no longer than the key or certificate it was asked with.</summary>
/// <param name="context">Its request.</param>
/// <param name="isGood">Whether it may go on, by the keys and the time.</param>
/// <param name="over">Told when the answer is over.</param>
internal sealed class KeyLease(HttpContext context, Func<KeySet, DateTimeOffset, bool> isGood, Action<KeyLease> over) : IDisposable
{
    private readonly Lock _lock = new();
    private bool _isOver;

    /// <summary>Whether it may go on.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="now">The time.</param>
    public bool IsGood(KeySet keys, DateTimeOffset now) => isGood(keys, now);

    /// <summary>Breaks the answer off, unless it is over: its context may be another request's then.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                context.Abort();
            }
        }
    }

    /// <summary>The answer is over.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        over(this);
    }
}
