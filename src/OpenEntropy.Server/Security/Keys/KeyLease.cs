namespace OpenEntropy.Server.Security.Keys;

/// <summary>An answer that lasts, and is to last no longer than the key it was asked with.</summary>
/// <param name="context">Its request.</param>
/// <param name="id">The key's.</param>
/// <param name="over">Told when the answer is over.</param>
internal sealed class KeyLease(HttpContext context, string id, Action<KeyLease> over) : IDisposable
{
    private readonly Lock _lock = new();
    private bool _isOver;

    /// <summary>The key's id.</summary>
    public string Id => id;

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
