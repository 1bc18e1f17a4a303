using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using OpenEntropy.Cli.Monitor.Feeds;
using OpenEntropy.Cli.Monitor.Keys;

namespace OpenEntropy.Cli.Monitor;

/// <summary>Waits for keys, figures and time, and has the screen painted after each.</summary>
internal sealed class MonitorLoop : IDisposable
{
    /// <summary>What follows an ESC later than this is another key.</summary>
    private static readonly TimeSpan s_keyPause = TimeSpan.FromMilliseconds(100);

    /// <summary>From one question for raw samples to the next, however often figures are read; less by a timer's inaccuracy.</summary>
    private static readonly TimeSpan s_samplePause = TimeSpan.FromSeconds(0.95);

    private readonly Channel<MonitorEvent> _events = Channel.CreateUnbounded<MonitorEvent>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly KeyDecoder _decoder = new();
    private readonly MonitorModel _model;
    private readonly Func<bool, bool> _paint;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly FeedWork _work;
    private SampleRequest? _sampling;
    private long _sampled;
    private bool _isReading;
    private bool _isActing;
    private bool _isQuit;

    /// <param name="model">What is shown.</param>
    /// <param name="feed">Where figures come from.</param>
    /// <param name="time">Counts.</param>
    /// <param name="paint">Paints the model; given true whole, since the screen is not as it was left. False: the terminal is gone.</param>
    public MonitorLoop(MonitorModel model, IMonitorFeed feed, TimeProvider time, Func<bool, bool> paint)
    {
        (_model, _time, _paint, _start) = (model, time, paint, time.GetTimestamp());
        _work = new FeedWork(feed, Post);
    }

    /// <summary>Puts what happened in the queue; from any thread.</summary>
    public void Post(MonitorEvent what) => _events.Writer.TryWrite(what);

    /// <summary>Runs until the key for it, the end of the terminal's input, or the token.</summary>
    /// <param name="refresh">Time between readings.</param>
    /// <param name="end">Ends it.</param>
    public async Task RunAsync(TimeSpan refresh, CancellationToken end)
    {
        var second = TimeSpan.FromSeconds(1);
        await using var due = _time.CreateTimer(_ => Post(new MonitorEvent.Due()), null, TimeSpan.Zero, refresh);
        await using var tick = _time.CreateTimer(_ => Post(new MonitorEvent.Ticked()), null, second, second);
        await using var pause = _time.CreateTimer(
            _ => Post(new MonitorEvent.TypingPaused()),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        using var work = CancellationTokenSource.CreateLinkedTokenSource(end);
        try
        {
            var goesOn = _paint(true);
            while (goesOn && await _events.Reader.WaitToReadAsync(end))
                goesOn = TakeAll(pause, work.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Asked to end, which is how it ends.
        }
        finally
        {
            await work.CancelAsync(); // what is under way has nobody to tell
        }
    }

    public void Dispose() => EndSampling();

    /// <summary>Takes what has come, then paints once; false at the end.</summary>
    private bool TakeAll(ITimer pause, CancellationToken work)
    {
        var whole = false;
        while (!_isQuit && _events.Reader.TryRead(out var what))
        {
            var keys = new List<MonitorKey>();
            if (what is MonitorEvent.Typed { Bytes: var bytes })
            {
                _decoder.Read(bytes.Span, keys);
                _isQuit = bytes.IsEmpty;
                pause.Change(_decoder.IsPending ? s_keyPause : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            else if (what is MonitorEvent.TypingPaused && _decoder.Flush() is { } key)
            {
                keys.Add(key);
            }

            foreach (var pressed in keys.TakeWhile(_ => !_isQuit))
                Press(pressed, work);
            whole |= what is MonitorEvent.ScreenChanged || keys.Contains(MonitorKey.Repaint);
            Take(what, work);
        }

        return !_isQuit && _paint(whole);
    }

    private void Press(MonitorKey key, CancellationToken work)
    {
        _isQuit = key == MonitorKey.Quit;
        _model.Press(key);
        if (_sampling?.Source != _model.Sources.Chosen?.Name)
            BeginSampling(work);
        if (key == MonitorKey.Refresh)
            BeginReading(work);
        if (_isActing || _model.FindAct(key) is not { } act)
            return;
        _isActing = true;
        _work.Act(act.Source, act.Act, work);
    }

    private void Take(MonitorEvent what, CancellationToken work)
    {
        switch (what)
        {
            case MonitorEvent.Due:
                BeginReading(work);
                break;
            case MonitorEvent.Ticked:
                _model.Tick(_time.GetElapsedTime(_start));
                break;
            case MonitorEvent.Answered { Reading: var reading }:
                _isReading = false;
                _model.Take(reading, _time.GetElapsedTime(_start));
                if (IsSamplingDue())
                    BeginSampling(work);
                break;
            case MonitorEvent.Failed { Why: var why }:
                _isReading = false;
                _model.Fail(why, _time.GetElapsedTime(_start));
                break;
            case MonitorEvent.Sampled { Request: var request, Samples: var samples } when request == _sampling:
                request.IsAnswered = true;
                if (samples is not null)
                    _model.Take(request.Source, samples);
                break;
            case MonitorEvent.Acted { Outcome: var outcome }:
                _isActing = false;
                _model.Tell(outcome);
                BeginReading(work);
                break;
            case MonitorEvent.Faulted { Exception: var exception }:
                ExceptionDispatchInfo.Throw(exception);
                break;
        }
    }

    private void BeginReading(CancellationToken work)
    {
        if (_isReading)
            return;
        _isReading = true;
        _work.Read(work);
    }

    private bool IsSamplingDue() =>
        _sampling is not { } latest
        || latest.Source != _model.Sources.Chosen?.Name
        || latest.IsAnswered && _time.GetElapsedTime(_sampled) >= s_samplePause;

    /// <summary>Asks for raw samples of the source that is chosen, and no longer for those of another.</summary>
    private void BeginSampling(CancellationToken work)
    {
        EndSampling();
        if (_model.RawRequest() is not var (source, count))
            return;
        _sampled = _time.GetTimestamp();
        _sampling = new SampleRequest(source, count, work);
        _work.Sample(_sampling);
    }

    private void EndSampling()
    {
        _sampling?.Cancel();
        _sampling?.Dispose();
        _sampling = null;
    }
}
