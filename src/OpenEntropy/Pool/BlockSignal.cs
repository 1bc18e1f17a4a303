namespace OpenEntropy.Pool;

/// <summary>Tells those who wait for blocks to look again. Its owner locks.</summary>
internal sealed class BlockSignal
{
    private TaskCompletionSource? _next = New();

    /// <summary>Ends when there is something to look at; null where there will be nothing more.</summary>
    public Task? Next => _next?.Task;

    /// <summary>There is something to look at.</summary>
    public void Set()
    {
        if (_next is not { } waited)
            return;
        _next = New();
        waited.SetResult();
    }

    /// <summary>There is, and there will be nothing more.</summary>
    public void End()
    {
        _next?.SetResult();
        _next = null;
    }

    /// <summary>Its waiters go on elsewhere, so that it may be set under the lock.</summary>
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
