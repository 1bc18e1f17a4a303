using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Sources;

/// <summary>
/// A thread on which one source is opened, measured and closed, as the service has one for each. A source that hangs keeps this thread and
/// nothing else.
/// </summary>
internal sealed class SourceThread : IDisposable
{
    private static readonly TimeSpan s_ending = TimeSpan.FromSeconds(5);

    private readonly AutoResetEvent _go = new(initialState: false);
    private readonly ManualResetEventSlim _done = new(initialState: true, spinCount: 0);
    private readonly Thread _thread;
    private Action? _work;
    private Exception? _failure;

    /// <summary>Starts the thread.</summary>
    /// <param name="source">The source, which gets the stack it gets in the service.</param>
    public SourceThread(NoiseSourceInfo source)
    {
        _thread = new Thread(Run, source.StackBytes) { IsBackground = true, Name = source.Name };
        _thread.Start();
    }

    /// <summary>True while something hangs there.</summary>
    public bool IsBusy => !_done.IsSet;

    /// <summary>Begins something on the thread, which must be idle, and returns at once.</summary>
    /// <param name="work">What to do.</param>
    public void Begin(Action work)
    {
        if (IsBusy)
            throw new InvalidOperationException($"The thread of {_thread.Name} is busy.");
        (_work, _failure) = (work, null);
        _done.Reset();
        _ = _go.Set();
    }

    /// <summary>Waits for what was begun.</summary>
    /// <param name="patience">How long at most.</param>
    /// <returns>Why it failed, in one clause, or null.</returns>
    public string? Wait(TimeSpan patience) =>
        !_done.Wait(patience) ? $"it did not return within {patience.TotalSeconds:0.#} s" : _failure?.Message.ReplaceLineEndings(" ");

    /// <summary>Does something on the thread and waits for it.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>Why it failed, in one clause, or null.</returns>
    public string? Do(Action work, TimeSpan patience)
    {
        Begin(work);
        return Wait(patience);
    }

    /// <summary>Ends the thread, unless something hangs on it.</summary>
    public void Dispose()
    {
        if (IsBusy)
            return;
        _work = null;
        _ = _go.Set();
        if (_thread.Join(s_ending))
        {
            _go.Dispose();
            _done.Dispose();
        }
    }

    private void Run()
    {
        while (_go.WaitOne() && _work is { } work)
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                _failure = exception; // whatever a source throws is told, and costs nothing but itself
            }

            _done.Set();
        }
    }
}
