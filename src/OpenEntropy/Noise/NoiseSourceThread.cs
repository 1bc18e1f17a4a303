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
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a source in which nothing happened is left alone.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(20);

    /// <summary>An opening that takes longer waits for its device and keeps no processor busy.</summary>
    private static readonly TimeSpan s_busyOpening = TimeSpan.FromMilliseconds(100);

    /// <summary>An opening that takes longer is not one to wait for.</summary>
    private static readonly TimeSpan s_promptOpening = TimeSpan.FromSeconds(3);

    private const string Hung = "it hung";
    private const int StackBytes = 256 * 1024;

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

    /// <summary>True while the source is open and nothing runs on its thread.</summary>
    public bool IsReady => _session.IsOpen && _done.IsSet && !_abandoned && !(_silent && Stopwatch.GetElapsedTime(_rested) < s_rest);

    /// <summary>True while the source is not open, nothing runs on its thread and nothing waits to be taken.</summary>
    public bool IsClosed => !_session.IsOpen && _done.IsSet && !_pending;

    /// <summary>True for as long as an opening that was begun may keep a processor busy.</summary>
    public bool IsOpening => IsAtWork(Work.Open) && _watch.Elapsed < s_busyOpening;

    /// <summary>True while the source is open and works, or is on the way: about to be opened, or in an opening that has neither failed nor takes long.</summary>
    public bool IsPromising =>
        !IsStuck
        && !_abandoned
        && (_session.IsOpen || IsClosed || (IsAtWork(Work.Open) && _session.Error is null && _watch.Elapsed < s_promptOpening));

    /// <summary>True while its thread is busy with something of which it was told that it hangs.</summary>
    public bool IsStuck => !_done.IsSet && (_watch.HangIsTold || _session.Openings.IsStuck);

    /// <summary>True while the source is open and nothing happened in it when it was last asked.</summary>
    public bool IsSilent => _silent && _session.IsOpen;

    /// <summary>True while a collection that the harvest did not wait for has a result or has passed its deadline.</summary>
    public bool IsFetchable => _pending && (_done.IsSet || _watch.Elapsed >= _deadline);

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
            _opening.Dispose();
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
            _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = _noise.Info.Name };
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

        Clear();
    }

    private void Do(Work work)
    {
        switch (work)
        {
            case Work.Open:
                _session.Open(_buffer, _opening.Token);
                break;
            case Work.Break:
                Clear(Hung);
                break;
            case Work.Close:
                Clear();
                break;
            default:
                _collection = _session.Collect(_buffer.AsSpan(0, _requested));
                if (_abandoned || _collection.Result is not (CollectionResult.Collected or CollectionResult.Silent))
                    Clear(_collection.Error ?? Hung);
                break;
        }
    }

    /// <summary>Closes the source. Only here, on the thread that writes the samples, is it sure that none is written after the zeroing.</summary>
    /// <param name="error">How it failed, in one clause; null where it did not.</param>
    private void Clear(string? error = null)
    {
        CryptographicOperations.ZeroMemory(_buffer);
        if (error is null)
            _session.Close();
        else
            _session.Break(error);
    }
}
