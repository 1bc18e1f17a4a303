using Microsoft.Extensions.Options;
using OpenEntropy.Noise;

namespace OpenEntropy.Server.Assessment;

/// <summary>
/// Assesses the service's own sources, one after the other, for as long as it runs: records raw samples without haste (1), runs the
/// estimators on them within its share of a core (2), and lowers the credit of a source that is assessed under twice its claim (3). All of it on
/// one thread of the lowest priority.
/// </summary>
/// <remarks>
/// What earlier assessments lowered is lowered again before the harvest begins, also where no more are made. Its own thread starts when the whole
/// service has started.
/// </remarks>
internal sealed partial class SelfAssessor : IHostedLifecycleService, IDisposable
{
    /// <summary>It leaves the machine to the start of the service until the pool is full, at most so long.</summary>
    private static readonly TimeSpan s_longestStart = TimeSpan.FromMinutes(1);

    /// <summary>How often it looks whether a source is due.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a stop waits for the thread, which ends at its next checkpoint. It holds no secret and writes whole files only, so that one that
    /// does not get its turn may be left to the end of the process.
    /// </summary>
    private static readonly TimeSpan s_ending = TimeSpan.FromSeconds(1);

    private readonly EntropyPool _pool;
    private readonly AssessmentOptions _options;
    private readonly PastAssessments _past;
    private readonly AssessmentBoard _board;
    private readonly AssessmentPlan _plan;
    private readonly RecordingShelf _shelf;
    private readonly SourceRecorder _recorder;
    private readonly SourceAssessor _assessor;
    private readonly ReadProcessorTime _processorTime;
    private readonly TimeProvider _time;
    private readonly ILogger<SelfAssessor> _logger;
    private readonly CancellationTokenSource _stop = new();
    private byte[] _samples = [];
    private Thread? _thread;
    private bool _ended;

    public SelfAssessor(
        EntropyPool pool,
        IOptions<AssessmentOptions> options,
        AssessmentHistory history,
        AssessmentBoard board,
        AssessmentPlan plan,
        RecordingShelf shelf,
        AssessSamples run,
        ReadProcessorTime processorTime,
        TimeProvider time,
        ILogger<SelfAssessor> logger
    )
    {
        (_pool, _options, _board, _plan, _shelf) = (pool, options.Value, board, plan, shelf);
        (_processorTime, _time, _logger) = (processorTime, time, logger);
        _past = new PastAssessments(pool, history, shelf, board, logger);
        _recorder = new SourceRecorder(pool, _options, plan, board, time);
        _assessor = new SourceAssessor(pool, run, history, board, time, logger);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _past.Recall();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!_options.Enabled)
        {
            _board.Rest(AssessorState.Disabled);
            return Task.CompletedTask;
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "assessor" };
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Run(End, CancellationToken.None);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Where the host never came to stop it, or comes once more afterwards. A thread that overran still waits on what would be disposed.
        End();
        if (_thread is not { IsAlive: true })
        {
            _stop.Dispose();
        }
    }

    /// <summary>Ends the thread, or leaves one that overruns to end by itself.</summary>
    private void End()
    {
        if (!Interlocked.Exchange(ref _ended, true))
        {
            _stop.Cancel();
            _thread?.Join(s_ending);
        }
    }

    private void Run()
    {
        try
        {
            BackgroundThread.LowerPriority();
            while (!CanBegin())
            {
                Wait(s_look);
            }

            while (true)
            {
                _board.Rest(AssessorState.Idle);
                if (_plan.Next(_pool.Status.Sources, _time.GetUtcNow()) is var (source, _))
                {
                    Take(source);
                }
                else
                {
                    Wait(s_look);
                }
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The usual way to end. On a machine so busy that a thread of the lowest priority is not heard in time, what it uses may be gone already.
            _plan.End(AssessorState.Stopped, "the service stops");
        }
        catch (Exception exception)
        {
            // The service serves as well without it, and says that it is without it.
            LogBroken(_logger, exception);
            _plan.End(AssessorState.Failed, "the assessor has ended by a defect; the log tells which");
        }
    }

    private bool CanBegin()
    {
        var status = _pool.Status;
        return status.BlocksAvailable >= status.Capacity || status.Uptime >= s_longestStart;
    }

    private void Take(string source)
    {
        var info = _pool.FindSource(source)!.Info;
        Array.Resize(ref _samples, _options.RecordingLength);
        var (start, started) = (_time.GetUtcNow(), _time.GetTimestamp());

        var outcome = _recorder.Record(source, _samples, _stop.Token); // (1)
        var samples = _samples.AsSpan(0, outcome.Count);
        switch (outcome.End)
        {
            case RecordingEnd.GaveWay:
                return;
            case RecordingEnd.Failed or RecordingEnd.SourceFailed:
                _assessor.Skip(source, outcome.Reason!, isAlarm: outcome.End == RecordingEnd.SourceFailed);
                return;
            default:
                _board.Change(source, standing => standing with { RecordingTook = _time.GetElapsedTime(started) });
                Keep(info, samples, start);
                var trigger = _plan.BeginAssessing(source);
                _assessor.Assess(source, trigger, samples, new WorkPace(_options.CpuBudget, () => _processorTime(), Pause)); // (2), (3)
                return;
        }
    }

    private void Keep(NoiseSourceInfo info, ReadOnlySpan<byte> samples, DateTimeOffset start)
    {
        if (_shelf.Keep(info, samples, start, _time.GetUtcNow()) is { } problem)
        {
            LogNotKept(_logger, info.Name, problem);
        }

        _past.LookForRecording(info.Name);
    }

    private void Wait(TimeSpan time)
    {
        WaitHandle.WaitAny([_plan.Wake, _stop.Token.WaitHandle], time);
        _stop.Token.ThrowIfCancellationRequested();
    }

    private void Pause(TimeSpan time)
    {
        _board.ProcessorTime = _processorTime();
        if (time > TimeSpan.Zero)
        {
            _stop.Token.WaitHandle.WaitOne(time);
        }

        _stop.Token.ThrowIfCancellationRequested();
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Source {Source}: its recording is assessed but not kept: {Problem}",
        EventName = "recording_not_kept"
    )]
    private static partial void LogNotKept(ILogger logger, string source, string problem);

    [LoggerMessage(LogLevel.Error, "The assessor broke; the service goes on without it", EventName = "assessor_broken")]
    private static partial void LogBroken(ILogger logger, Exception exception);
}
