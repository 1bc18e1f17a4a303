using System.Diagnostics;

namespace OpenEntropy.Noise;

/// <summary>
/// The thread on which one noise source opens, collects and closes. A source that hangs keeps this thread and nothing else: the harvest
/// waits for it a moment, goes on with the others, and looks again later.
/// </summary>
internal sealed partial class NoiseSourceThread : IDisposable
{
    /// <summary>How long the harvest waits for one collection before it goes on with other sources.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly NoiseSource _noise;
    private readonly NoiseSourceSession _session;
    private readonly TimeSpan _deadline;
    private readonly AutoResetEvent _go = new(initialState: false);
    private readonly ManualResetEventSlim _done = new(initialState: true, spinCount: 0);
    private readonly byte[] _buffer;
    private CancellationTokenSource _opening = new();
    private Thread? _thread;
    private Work _work;
    private int _requested;
    private WorkWatch _watch;
    private long _rested;
    private bool _pending;
    private volatile bool _silent;
    private Collection _collection;
    private volatile bool _abandoned;
    private volatile bool _disposed;

    /// <summary>A thread that does not run yet.</summary>
    /// <param name="noise">The source it owns.</param>
    /// <param name="maximumSamples">The most samples one collection may ask for.</param>
    /// <param name="time">Paces the reopening.</param>
    public NoiseSourceThread(NoiseSource noise, int maximumSamples, TimeProvider time)
    {
        _noise = noise;
        _session = new NoiseSourceSession(noise, time);
        _buffer = GC.AllocateArray<byte>(maximumSamples, pinned: true);
        _deadline = noise.Info.Deadline;
    }

    private enum Work
    {
        Open,
        Collect,
        Break,
        Close,
    }

    /// <summary>The samples of the last collection. They are overwritten by the next.</summary>
    /// <param name="count">How many there are.</param>
    public ReadOnlySpan<byte> Samples(int count) => _buffer.AsSpan(0, count);

    /// <summary>Asks the thread to open the source, unless it is open or busy. Returns at once.</summary>
    public void BeginOpen()
    {
        if (!_done.IsSet || _pending || _disposed)
            return;
        if (_session.IsOpen)
        {
            // A collection that ended just as it was given up was not broken off on its own thread.
            if (_abandoned)
                Hand(Work.Break, 0);
            return;
        }

        _abandoned = false;
        _opening.Dispose();
        _opening = new CancellationTokenSource();
        Hand(Work.Open, 0);
    }

    /// <summary>A failure to open that was not told yet, or that opening or closing hangs; null where there is none.</summary>
    public string? TakeFailure()
    {
        if (_session.Openings.Take() is { } failure)
            return failure;
        var limit = _deadline * NoiseSourceSession.Deadlines;
        return (IsAtWork(Work.Close) || IsAtWork(Work.Break)) && _watch.TakeHang(limit)
            ? $"did not close within {limit.TotalSeconds:0.###} s"
            : null;
    }

    /// <summary>The source proved itself: the pauses before reopening start small again.</summary>
    public void MarkSound() => _session.MarkSound();

    /// <summary>Forgets how the source failed, so that it is opened without a pause; it ends attempts to open it that are under way.</summary>
    /// <returns>False while its thread is busy: to be asked again.</returns>
    public bool TryForgetFailure()
    {
        _opening.Cancel();
        if (!_done.IsSet)
            return false;
        _session.ForgetFailure();
        return true;
    }

    /// <summary>Begins a collection that nobody waits for: <see cref="Collect"/> fetches its result. Returns at once.</summary>
    /// <param name="count">Samples wanted.</param>
    /// <returns>False while the source is not ready.</returns>
    public bool TryBegin(int count)
    {
        if (_pending || !IsReady || _disposed)
            return false;
        _pending = true;
        Hand(Work.Collect, count);
        return true;
    }

    /// <summary>Collects, or fetches the result of a collection that was not waited for.</summary>
    /// <param name="count">Samples wanted.</param>
    /// <param name="patience">How long to wait for it.</param>
    public Collection Collect(int count, TimeSpan patience)
    {
        if (_pending)
            return Fetch();
        if (!TryBegin(count))
            return new Collection(CollectionResult.NotReady);
        if (!_done.Wait(patience < _deadline ? patience : _deadline))
            return Fetch();

        return Ended();
    }

    /// <summary>Closes the source, and ends attempts to open it; while it is busy, not yet: the harvest asks again at each of its turns.</summary>
    public void Close()
    {
        _opening.Cancel();
        if (!_done.IsSet)
            return;
        _pending = false;
        if (_session.IsOpen)
            Hand(Work.Close, 0);
    }

    /// <summary>Closes the source and ends the thread; a source that hangs keeps its thread until the process ends.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _opening.Cancel();
        _go.Set();
        if (_thread?.Join(_deadline) != false)
        {
            _thread = null; // the runtime keeps what it knows of a thread for as long as anybody can ask
            _opening.Dispose();
        }
    }

    private bool IsAtWork(Work work) => !_done.IsSet && _work == work;

    private Collection Fetch()
    {
        if (_done.IsSet)
            return Ended() with { Late = true };

        if (!_watch.TakeHang(_deadline))
            return new Collection(CollectionResult.NotReady);

        _pending = false;
        _abandoned = true;
        return new Collection(CollectionResult.Hung, Error: $"gave nothing for {_deadline.TotalSeconds:0.###} s");
    }

    private Collection Ended()
    {
        _pending = false;
        _silent = _collection.Result == CollectionResult.Silent;
        _rested = Stopwatch.GetTimestamp();
        return _collection;
    }

    private void Hand(Work work, int count)
    {
        (_work, _requested) = (work, count);
        _watch.Begin();
        _done.Reset();
        if (_thread is null)
        {
            _thread = new Thread(Run, _noise.Info.StackBytes) { IsBackground = true, Name = _noise.Info.Name };
            _thread.Start();
        }

        _go.Set();
    }
}
