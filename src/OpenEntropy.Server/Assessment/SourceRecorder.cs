using OpenEntropy.Health;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Assessment;

/// <summary>How a recording ended.</summary>
internal enum RecordingEnd
{
    /// <summary>There are samples to assess.</summary>
    Done,

    /// <summary>The source gave too few; <see cref="RecordingOutcome.Reason"/> says why.</summary>
    Failed,

    /// <summary>The source failed for good and had given too few; <see cref="RecordingOutcome.Reason"/> says why.</summary>
    SourceFailed,

    /// <summary>It made room for one that an operator asked for.</summary>
    GaveWay,
}

/// <summary>What came of a recording.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Count">Samples recorded.</param>
/// <param name="Reason">Why it failed, one sentence.</param>
internal readonly record struct RecordingOutcome(RecordingEnd End, int Count, string? Reason = null);

/// <summary>Records raw samples of one source as they come, without haste.</summary>
/// <param name="pool">The pool.</param>
/// <param name="options">How long a recording may be, in samples and in time.</param>
/// <param name="plan">Tells when a recording should make room.</param>
/// <param name="board">Told of the progress.</param>
/// <param name="time">The clock.</param>
internal sealed class SourceRecorder(
    EntropyPool pool,
    AssessmentOptions options,
    AssessmentPlan plan,
    AssessmentBoard board,
    TimeProvider time
)
{
    /// <summary>A recording has just begun up to this part of its samples and of its time.</summary>
    private const int BeginningParts = 20;

    /// <summary>How often it looks whether the source lives.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    /// <summary>A source that gives nothing for so long is given up.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(10);

    /// <summary>Records until there are enough samples, or no more are to be had.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="samples">Receives the samples.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public RecordingOutcome Record(string source, Memory<byte> samples, CancellationToken stop)
    {
        var start = time.GetTimestamp();
        var (seen, last) = (0, start);
        using var recording = pool.Record(source, samples, options.CpuBudget, () => plan.Wake.Set());
        board.Work(source, AssessorState.Recording, () => recording.Count);
        WaitHandle[] signals = [plan.Wake, stop.WaitHandle];
        while (!recording.IsComplete)
        {
            WaitHandle.WaitAny(signals, s_look);
            stop.ThrowIfCancellationRequested();
            if (HasJustBegun(recording.Count, time.GetElapsedTime(start)) && plan.ShouldGiveWay && plan.TryGiveWay())
            {
                return new RecordingOutcome(RecordingEnd.GaveWay, recording.Count);
            }

            if (recording.Count > seen)
            {
                (seen, last) = (recording.Count, time.GetTimestamp());
            }

            if (WhyEnd(source, seen, time.GetElapsedTime(start), time.GetElapsedTime(last)) is { } why && !recording.IsComplete)
            {
                recording.Dispose(); // nothing is written from here on
                return new RecordingOutcome(EndOf(source, recording.Count, time.GetElapsedTime(start)), recording.Count, why);
            }
        }

        return new RecordingOutcome(RecordingEnd.Done, recording.Count);
    }

    /// <summary>A recording of which little would be lost; a later one is finished, or whoever asks often would see to it that none ever is.</summary>
    private bool HasJustBegun(int count, TimeSpan elapsed) =>
        count < options.RecordingLength / BeginningParts && elapsed < options.RecordingTime / BeginningParts;

    private RecordingEnd EndOf(string source, int count, TimeSpan elapsed)
    {
        // The samples of a source that has failed for good are the last it gives, and those most worth a look.
        var hasFailed = pool.FindSource(source)!.State == SourceState.PermanentlyFailed;
        if (count >= AssessmentOptions.MinimumSamples && (hasFailed || elapsed >= options.RecordingTime))
        {
            return RecordingEnd.Done;
        }

        return hasFailed ? RecordingEnd.SourceFailed : RecordingEnd.Failed;
    }

    /// <summary>Why no more samples are waited for, one sentence; null while they are.</summary>
    private string? WhyEnd(string source, int count, TimeSpan elapsed, TimeSpan silent)
    {
        var soFar = $"{count:N0} of {options.RecordingLength:N0} samples";
        var status = pool.FindSource(source)!;
        if (status.State is SourceState.Unavailable or SourceState.Disabled or SourceState.PermanentlyFailed)
        {
            return $"it is {StateNames<SourceState>.Of(status.State)} after {soFar}: {status.Reason}";
        }

        if (silent >= s_silence)
        {
            return $"it gave no sample for {s_silence.TotalMinutes:0} minutes after {soFar}"
                + (status.Reason is { } reason ? $": {reason}" : "");
        }

        return elapsed < options.RecordingTime
            ? null
            : $"it gave {soFar} in {options.RecordingTime}, and an assessment needs {AssessmentOptions.MinimumSamples:N0}";
    }
}
