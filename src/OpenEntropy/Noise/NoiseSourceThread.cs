using System.Diagnostics;
using System.Security.Cryptography;

namespace OpenEntropy.Noise;

/// <summary>
/// The thread on which one noise source opens, collects and closes. A source that hangs keeps this thread and nothing else: the harvest
/// waits for it a moment, goes on with the others, and looks again later.
/// </summary>
internal sealed class NoiseSourceThread : IDisposable
{
    /// <summary>How long the harvest waits for one collection before it goes on with other sources.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a source in which nothing happened is left alone.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(20);

    /// <summary>An opening that takes longer waits for its device and keeps no processor busy.</summary>
    private static readonly TimeSpan s_busyOpening = TimeSpan.FromMilliseconds(100);

    private const string Hung = "it hung";

    private readonly NoiseSource _noise;
    private readonly NoiseSourceSession _session;
    private readonly TimeSpan _deadline;
    private readonly TimeSpan _patience;
    private readonly AutoResetEvent _go = new(initialState: false);
    private readonly ManualResetEventSlim _done = new(initialState: true, spinCount: 0);
    private readonly byte[] _buffer;
    private CancellationTokenSource _opening = new();
    private Thread? _thread;
    private Work _work;
    private int _requested;
    private long _started;
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
        _patience = _deadline < s_patience ? _deadline : s_patience;
    }

    private enum Work
    {
        Open,
        Collect,
        Break,
        Close,
    }

    /// <summary>True while the source is open and nothing runs on its thread.</summary>
    public bool IsReady => _session.IsOpen && _done.IsSet && !_abandoned && !(_silent && Stopwatch.GetElapsedTime(_rested) < s_rest);

    /// <summary>True while the source is not open and nothing runs on its thread.</summary>
    public bool IsClosed => !_session.IsOpen && _done.IsSet;

    /// <summary>True for as long as an opening that was begun may keep a processor busy.</summary>
    public bool IsOpening => !_done.IsSet && _work == Work.Open && Stopwatch.GetElapsedTime(_started) < s_busyOpening;

    /// <summary>True while the source is open and nothing happened in it when it was last asked.</summary>
    public bool IsSilent => _silent && _session.IsOpen;

    /// <summary>True while a collection that the harvest did not wait for has a result or has passed its deadline.</summary>
    public bool IsOverdue => _pending && (_done.IsSet || Stopwatch.GetElapsedTime(_started) >= _deadline);

    /// <summary>True while a collection has begun whose result was not taken.</summary>
    public bool IsPending => _pending;

    /// <summary>How long the one sample of the last opening took.</summary>
    public TimeSpan FirstSample => _session.FirstSample;

    /// <summary>Called on the source's thread when a piece of its work is done.</summary>
    public Action? Finished { get; set; }

    /// <summary>Why the source is not open, in one clause; null when no attempt failed.</summary>
    public string? OpenError => _session.Error;

    /// <summary>The samples of the last collection. They are overwritten by the next.</summary>
    /// <param name="count">How many there are.</param>
    public ReadOnlySpan<byte> Samples(int count) => _buffer.AsSpan(0, count);

    /// <summary>Asks the thread to open the source, unless it is open or busy. Returns at once.</summary>
    public void BeginOpen()
    {
        if (!_done.IsSet || _disposed)
            return;
        if (_session.IsOpen)
        {
            // A collection that ended just as it was given up was not broken off on its own thread.
            if (_abandoned)
                Hand(Work.Break, 0);
            return;
        }

        _started = Stopwatch.GetTimestamp();
        _abandoned = false;
        _opening.Dispose();
        _opening = new CancellationTokenSource();
        Hand(Work.Open, 0);
    }

    /// <summary>A failure to open that was not told yet, or that opening hangs; null where there is none.</summary>
    public string? TakeOpenFailure() => _session.Openings.Take();

    /// <summary>The source proved itself: the pauses before reopening start small again.</summary>
    public void MarkSound() => _session.MarkSound();

    /// <summary>Begins a collection that nobody waits for: <see cref="Collect"/> takes its result once it is overdue. Returns at once.</summary>
    /// <param name="count">Samples wanted.</param>
    /// <returns>False while the source is not ready.</returns>
    public bool TryBegin(int count)
    {
        if (_pending || !IsReady || _disposed)
            return false;
        _started = Stopwatch.GetTimestamp();
        _pending = true;
        Hand(Work.Collect, count);
        return true;
    }

    /// <summary>Collects, or takes the result of a collection that was not waited for.</summary>
    /// <param name="count">Samples wanted.</param>
    public Collection Collect(int count)
    {
        if (_pending)
            return Overdue();
        if (!TryBegin(count))
            return new Collection(CollectionResult.NotReady);
        if (!_done.Wait(_patience))
            return Overdue();

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
            _opening.Dispose();
        CryptographicOperations.ZeroMemory(_buffer);
    }

    private Collection Overdue()
    {
        if (_done.IsSet)
            return Ended() with { Late = true };

        if (Stopwatch.GetElapsedTime(_started) < _deadline)
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
        _work = work;
        _requested = count;
        _done.Reset();
        if (_thread is null)
        {
            _thread = new Thread(Run, _noise.Info.StackBytes) { IsBackground = true, Name = _noise.Info.Name };
            _thread.Start();
        }

        _go.Set();
    }

    private void Run()
    {
        while (!_disposed)
        {
            _go.WaitOne();
            if (!_disposed)
                Do(_work);
            _done.Set();
            Finished?.Invoke();
        }

        _session.Close();
    }

    private void Do(Work work)
    {
        switch (work)
        {
            case Work.Open:
                _session.Open(_buffer, _opening.Token);
                break;
            case Work.Break:
                _session.Break(Hung);
                break;
            case Work.Close:
                _session.Close();
                break;
            default:
                _collection = _session.Collect(_buffer.AsSpan(0, _requested));
                if (_abandoned || _collection.Result is not (CollectionResult.Collected or CollectionResult.Silent))
                    _session.Break(_collection.Error ?? Hung);
                break;
        }
    }
}
