using System.Diagnostics;
using OpenEntropy.Continuity;
using Polly;
using Polly.Retry;

namespace OpenEntropy.Noise;

/// <summary>
/// Opening, collecting and closing one noise source, on its own thread; the one place that calls <see cref="NoiseSource.Collect"/>.
/// A source that fails is taken out of the circuit and reopened after a pause that doubles with each failure, from 1 s to 5 min.
/// </summary>
internal sealed class NoiseSourceSession : IDisposable
{
    /// <summary>The share of the deadline past which a collection that did end is taken for one during which the machine stood still.</summary>
    private const int StopDivisor = 4;

    /// <summary>A step of a clock offset beyond this is a jump, nanoseconds; slewing moves it by at most 0.5 ms in a second.</summary>
    private const long JumpNanoseconds = 10_000_000;

    private const int LongestPauseSeconds = 300;
    private const int MaximumDoublings = 9;

    private readonly NoiseSource _noise;
    private readonly ResiliencePipeline _opening;
    private CancellationTokenSource _stop = new();
    private volatile int _failures;
    private volatile bool _isOpen;
    private volatile string? _error;

    /// <summary>A session that is not open.</summary>
    /// <param name="noise">The source.</param>
    /// <param name="time">Paces the reopening.</param>
    public NoiseSourceSession(NoiseSource noise, TimeProvider time)
    {
        _noise = noise;
        _opening = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not OperationCanceledException),
                    MaxRetryAttempts = int.MaxValue,
                    DelayGenerator = _ => ValueTask.FromResult<TimeSpan?>(Pause()),
                    OnRetry = OnOpenFailed,
                }
            )
            .Build();
    }

    /// <summary>True between an opening that gave a sample and the next closing.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Why the source is not open and when the next attempt comes, in one clause; null when no attempt failed.</summary>
    public string? Error => _error;

    /// <summary>The pauses start small again.</summary>
    public void MarkSound() => _failures = 0;

    /// <summary>Ends attempts to open. May be called from any thread.</summary>
    public void StopOpening() => _stop.Cancel();

    /// <summary>Frees the signal. Nothing runs on the thread any more.</summary>
    public void Dispose() => _stop.Dispose();

    /// <summary>Tries until the source is open or <see cref="StopOpening"/> is called; after a failure it pauses first.</summary>
    /// <param name="scratch">Room for one sample.</param>
    public void Open(Memory<byte> scratch)
    {
        _stop = new CancellationTokenSource();
        var broken = _error;
        try
        {
            _opening.Execute(
                stop =>
                {
                    // The first attempt after a failure stands for that failure, so that the pause comes before the device is touched again.
                    if (Interlocked.Exchange(ref broken, null) is { } failure)
                        throw new NoiseSourceException(failure);
                    stop.ThrowIfCancellationRequested();
                    OpenOnce(scratch.Span[..1]);
                },
                _stop.Token
            );
        }
        catch (OperationCanceledException)
        {
            _error = null;
        }
    }

    /// <summary>Takes samples and says how that went; whatever the source throws stays here.</summary>
    /// <param name="samples">Receives them.</param>
    public Collection Collect(Span<byte> samples)
    {
        var collections = GC.CollectionCount(0);
        var clocks = SystemClocks.Offsets();
        var start = Stopwatch.GetTimestamp();
        try
        {
            var count = Measure(samples);
            var elapsed = Stopwatch.GetElapsedTime(start);
            return count > 0
                ? new Collection(CollectionResult.Collected, count, elapsed, Disturbed(collections, clocks, elapsed))
                : new Collection(CollectionResult.Threw, Error: "gave no sample");
        }
        catch (Exception e)
        {
            // A source may be somebody else's code: whatever it throws costs nothing but itself.
            return new Collection(CollectionResult.Threw, Error: e.Message);
        }
    }

    /// <summary>Closes a source that failed.</summary>
    /// <param name="error">How it failed, in one clause.</param>
    public void Break(string error)
    {
        Close();
        _failures++;
        _error = error;
    }

    /// <summary>Closes the source, if it is open.</summary>
    public void Close()
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        _error = null;
        CloseQuietly();
    }

    /// <summary>An opening counts only when a first sample comes: a device that opens and then gives nothing is still broken.</summary>
    private void OpenOnce(Span<byte> scratch)
    {
        try
        {
            _noise.Open();
            if (Measure(scratch) < 1)
                throw new NoiseSourceException("it opened but gave no sample");
        }
        catch
        {
            CloseQuietly();
            throw;
        }

        _error = null;
        _isOpen = true;
    }

    private int Measure(Span<byte> samples) => _noise.Collect(samples);

    private TimeSpan Pause() => TimeSpan.FromSeconds(Math.Min(LongestPauseSeconds, 1 << Math.Clamp(_failures - 1, 0, MaximumDoublings)));

    private ValueTask OnOpenFailed(OnRetryArguments<object> attempt)
    {
        _error = $"{attempt.Outcome.Exception?.Message}; next attempt in {attempt.RetryDelay.TotalSeconds:0} s";
        _failures++;
        return ValueTask.CompletedTask;
    }

    private Disturbance Disturbed(int collections, (long Boottime, long Realtime) clocks, TimeSpan elapsed)
    {
        var now = SystemClocks.Offsets();
        if (Math.Abs(now.Boottime - clocks.Boottime) > JumpNanoseconds || Math.Abs(now.Realtime - clocks.Realtime) > JumpNanoseconds)
            return Disturbance.ClockJump;
        if (elapsed > _noise.Info.Deadline / StopDivisor)
            return Disturbance.Stop;
        return GC.CollectionCount(0) != collections ? Disturbance.GarbageCollection : Disturbance.None;
    }

    private void CloseQuietly()
    {
        try
        {
            _noise.Close();
        }
        catch (Exception e)
        {
            // Said in the source's reason; a source that cannot close must not end the process.
            _error = $"it did not close: {e.Message}";
        }
    }
}
