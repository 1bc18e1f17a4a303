namespace OpenEntropy.Server.Metrics;

/// <summary>Work whose result all get that ask for it while it is done. It is done on the thread of whoever asks first; the others wait without one.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="work">Does it; on two threads at once only where they ask about different things.</param>
internal sealed class SharedWork<T>(Func<T> work)
{
    private readonly Lock _lock = new();
    private UnderWay? _underWay;

    /// <summary>The result of the work that is under way, or of work begun now.</summary>
    /// <param name="about">What the result must be about: work about something else is not waited for.</param>
    /// <returns>Faulted where the work failed, for all who share it.</returns>
    public Task<T> DoAsync(int about = 0)
    {
        UnderWay mine;
        lock (_lock)
        {
            if (_underWay is { } other && other.About == about)
            {
                return other.Result.Task;
            }

            _underWay = mine = new UnderWay(about);
        }

        Do(mine);
        return mine.Result.Task;
    }

    private void Do(UnderWay mine)
    {
        try
        {
            var result = work();
            End(mine);
            mine.Result.SetResult(result);
        }
        catch (Exception exception)
        {
            End(mine);
            mine.Result.SetException(exception);
        }
    }

    private void End(UnderWay mine)
    {
        lock (_lock)
        {
            _underWay = _underWay == mine ? null : _underWay;
        }
    }

    private sealed class UnderWay(int about)
    {
        public int About { get; } = about;

        // What waits goes on elsewhere, not on the thread that did the work.
        public TaskCompletionSource<T> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
