namespace OpenEntropy.Harvest;

/// <summary>Wakes the harvest. It may be set by threads that outlive it: a source that hangs comes back when it likes.</summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _event = new(initialState: false);
    private bool _disposed;

    /// <summary>Ends the wait, or the next one.</summary>
    public void Set()
    {
        lock (_gate)
        {
            if (!_disposed)
                _event.Set();
        }
    }

    /// <summary>Waits until it is set.</summary>
    /// <param name="timeout">At most so long.</param>
    public void Wait(TimeSpan timeout) => _event.WaitOne(timeout);

    /// <summary>From now on setting it does nothing.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _event.Dispose();
        }
    }
}
