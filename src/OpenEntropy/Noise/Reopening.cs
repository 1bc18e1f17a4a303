using Polly;
using Polly.Retry;

namespace OpenEntropy.Noise;

/// <summary>
/// Repeats the opening of a source that failed: taken out of the circuit, it is opened again after a pause that doubles with each failure, from 1 s to
/// 5 min. It belongs to the source's thread.
/// </summary>
internal sealed class Reopening
{
    private const int LongestPauseSeconds = 300;
    private const int MaximumDoublings = 9;

    private readonly ResiliencePipeline _attempts;
    private readonly Action<string> _failed;
    private volatile int _failures;

    /// <summary>No attempt was made.</summary>
    /// <param name="time">Paces the attempts.</param>
    /// <param name="failed">Told why an attempt failed and when the next one comes, in one clause, before the pause.</param>
    public Reopening(TimeProvider time, Action<string> failed)
    {
        _failed = failed;
        _attempts = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    // Also a cancellation that the source itself threw: only ours ends the attempts.
                    ShouldHandle = attempt =>
                        ValueTask.FromResult(
                            attempt.Outcome.Exception is not null && !attempt.Context.CancellationToken.IsCancellationRequested
                        ),
                    MaxRetryAttempts = int.MaxValue,
                    DelayGenerator = _ => ValueTask.FromResult<TimeSpan?>(Pause()),
                    OnRetry = OnFailed,
                }
            )
            .Build();
    }

    /// <summary>The pauses start small again; for any thread.</summary>
    public void MarkSound() => _failures = 0;

    /// <summary>Tries until an attempt succeeds or it is stopped.</summary>
    /// <param name="open">One attempt.</param>
    /// <param name="broken">How the source failed that is opened again, so that a pause comes before the device is touched; null where it did not.</param>
    /// <param name="stop">Ends the attempts: whatever the last of them threw is thrown.</param>
    public void Run(Action open, string? broken, CancellationToken stop) =>
        _attempts.Execute(
            token =>
            {
                // The first attempt after a failure stands for that failure.
                if (Interlocked.Exchange(ref broken, null) is { } failure)
                    throw new NoiseSourceException(failure);
                token.ThrowIfCancellationRequested();
                open();
            },
            stop
        );

    private TimeSpan Pause() => TimeSpan.FromSeconds(Math.Min(LongestPauseSeconds, 1 << Math.Min(_failures, MaximumDoublings)));

    private ValueTask OnFailed(OnRetryArguments<object> attempt)
    {
        _failed($"{attempt.Outcome.Exception?.Message}; next attempt in {attempt.RetryDelay.TotalSeconds:0} s");
        _failures++;
        return ValueTask.CompletedTask;
    }
}
