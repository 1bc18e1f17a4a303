using OpenEntropy.Continuity;

namespace OpenEntropy.Harvest;

/// <summary>The one run of a pool's harvest, on a thread of its own, and what became of it.</summary>
internal sealed class HarvestRun(Harvester harvester, ResumeWatch watch) : IDisposable
{
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _gate = new();
    private Task? _task;
    private bool _disposed;

    /// <summary>One sentence when the harvest has ended, by a fault or because it was stopped; null before and while it runs.</summary>
    public string? Ended =>
        Volatile.Read(ref _task) switch
        {
            { IsFaulted: true } task => $"the harvest failed: {task.Exception!.InnerException!.Message}",
            { IsCompleted: true } => "the harvest was stopped",
            _ => null,
        };

    /// <summary>Starts it.</summary>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="InvalidOperationException">It was started before: two harvests would share one conditioner.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public Task RunAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(EntropyPool));
            if (_task is not null)
                throw new InvalidOperationException("The harvest of this pool was started before; it runs once.");
            return _task = HarvestAsync(stop);
        }
    }

    /// <summary>Ends it, or keeps it from starting, and waits until nothing uses what is zeroed next.</summary>
    public async Task EndAsync()
    {
        lock (_gate)
            _disposed = true;
        await _disposing.CancelAsync();

        // Whoever started it sees how it ended in the task and in the pool's status; here it must only have ended.
        if (_task is { } task)
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Frees what stops it.</summary>
    public void Dispose() => _disposing.Dispose();

    private async Task HarvestAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _disposing.Token);
        using var generations = VmGenerationWatch.Start(watch.Sign);
        await Task.Factory.StartNew(
            () => harvester.Run(either.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }
}
