namespace OpenEntropy.Server.Dashboard;

/// <summary>
/// Gives every viewer the same events. One timer makes each once, while somebody watches; a viewer that does not read is dropped and holds up nobody.
/// </summary>
/// <param name="maker">Makes the events.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class EventHub(EventMaker maker, TimeProvider time, ILogger<EventHub> logger) : IDisposable
{
    /// <summary>Viewers at once.</summary>
    public const int MostViewers = 100;

    /// <summary>Four times a second bytes are shown, and each fourth time the state.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private const int TicksPerStatus = 4;

    private readonly Lock _lock = new();
    private readonly List<Viewer> _viewers = [];
    private ITimer? _timer;
    private bool _isDisposed;
    private int _ticks;
    private byte[] _status = [];
    private byte[] _output = [];

    /// <summary>How many watch.</summary>
    public int Viewers
    {
        get
        {
            lock (_lock)
            {
                return _viewers.Count;
            }
        }
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="hello">What this viewer alone is sent first.</param>
    /// <param name="drop">Ends its connection; called at most once, and not after <see cref="Leave"/>.</param>
    /// <returns>Null where as many watch as may.</returns>
    public Viewer? TryJoin(EventText hello, Action drop)
    {
        lock (_lock)
        {
            if (_viewers.Count == MostViewers)
            {
                return null;
            }

            if (_viewers.Count == 0)
            {
                Begin_NeedsLock();
            }

            var backlog = maker.MakeBacklog(out var news);
            if (news is not null)
            {
                Send_NeedsLock(news, state: null);
            }

            var viewer = new Viewer(hello.Add(backlog).Add(_status).Add(_output).ToArray(), time, drop);
            _viewers.Add(viewer);
            return viewer;
        }
    }

    /// <summary>Ends to watch; the last one stops the timer.</summary>
    /// <param name="viewer">The viewer.</param>
    public void Leave(Viewer viewer)
    {
        lock (_lock)
        {
            if (_viewers.Remove(viewer))
            {
                EndIfAlone_NeedsLock();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private void Begin_NeedsLock()
    {
        maker.Begin();
        _ticks = 0;
        _output = maker.MakeOutput();
        _status = maker.MakeStatus(viewers: 1);
        _timer ??= CreateTimer();
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    private ITimer CreateTimer()
    {
        // What a tick logs is not said within the request of whoever happened to watch first.
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return time.CreateTimer(static hub => ((EventHub)hub!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void EndIfAlone_NeedsLock()
    {
        if (_viewers.Count > 0)
        {
            return;
        }

        maker.End();
        (_status, _output) = ([], []);
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    // The next is due an interval after this one's end: however slow the machine is, none runs into another.
    private void Tick()
    {
        lock (_lock)
        {
            if (_isDisposed || _viewers.Count == 0)
            {
                return;
            }

            try
            {
                Make_NeedsLock();
            }
            catch (Exception exception)
            {
                LogFailed(logger, exception); // what is only shown does not end the service
            }

            EndIfAlone_NeedsLock();
            if (_viewers.Count > 0)
            {
                _timer!.Change(Interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Make_NeedsLock()
    {
        var events = new EventText().Add(_output = maker.MakeOutput()).Add(maker.MakeLog());
        var isStatusDue = ++_ticks % TicksPerStatus == 0;
        Send_NeedsLock(events.ToArray(), isStatusDue ? _status = maker.MakeStatus(_viewers.Count) : null);
    }

    private void Send_NeedsLock(byte[] events, byte[]? state)
    {
        for (var i = _viewers.Count - 1; i >= 0; i--)
        {
            var viewer = _viewers[i];
            if (!viewer.TryOffer(events) || (state is not null && !viewer.TryOfferState(state)))
            {
                // In this order: to drop it may end its request, which leaves, on this very thread.
                _viewers.RemoveAt(i);
                viewer.Drop();
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The live page's events could not be made", EventName = "page_events_failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
